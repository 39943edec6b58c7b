using System.Globalization;

namespace DiscreetDb.Storage;

/// <summary>An open database file, or one in memory: its writer and its readers.</summary>
internal sealed partial class Database : IDisposable
{
    private static int _memoryCount;

    private readonly DatabaseOptions _options;
    private readonly FileLock? _lock;
    private readonly DatabaseKey? _key;
    private readonly StorageMetrics _metrics;

    private Database(DatabaseOptions options, FileLock? fileLock, DatabaseKey? key, ConnectionFactory factory, Connection connection)
    {
        _options = options;
        _lock = fileLock;
        _key = key;
        IsInMemory = factory.IsInMemory;
        _metrics = new StorageMetrics(options.TimeProvider);
        MemoryGate? gate = factory.IsInMemory ? new MemoryGate() : null;
        Writer = new Writer(connection, gate, options, _metrics);
        Readers = new ReaderPool(factory, gate, options, _metrics);
        FullText = new FullText(Writer, Readers, gate, options);
        Writer.Background = FullText;
        _metrics.ObserveQueue(() => Writer.QueueLength);
    }

    public bool IsInMemory { get; }

    /// <summary>Whether the file is what it was when it was left; null in memory.</summary>
    public FileOrigin? Origin { get; private init; }

    public Writer Writer { get; }

    public ReaderPool Readers { get; }

    public FullText FullText { get; }

    /// <summary>Opens or creates; blocks on disk.</summary>
    /// <exception cref="DiscreetException">
    /// DatabaseNotFound, DatabaseInUse, WrongKey, WrongApplication, NewerFormat, DatabaseCorrupt, ReadOnly, DiskFull,
    /// StorageFailed, NativeLibraryMissing. Nothing was written to an existing file then.
    /// </exception>
    public static Database Open(DatabaseOptions options)
    {
        SqliteLibrary.Initialize();
        return options.Path is null ? OpenMemory(options) : OpenFile(options, options.Path);
    }

    public void Dispose()
    {
        FullText.Dispose();
        Readers.Dispose();
        Writer.Dispose();
        _metrics.Dispose();
        _key?.Dispose();
        _lock?.Dispose();
    }

    private static Database OpenMemory(DatabaseOptions options)
    {
        int number = Interlocked.Increment(ref _memoryCount);
        ConnectionFactory factory = new(options, null, string.Create(CultureInfo.InvariantCulture, $"file:/discreet-{number}?vfs=memdb"));
        Connection connection = factory.OpenWriter();
        DatabaseFile.Initialize(connection, options.Application);
        return new Database(options, null, null, factory, connection);
    }

    private static Database OpenFile(DatabaseOptions options, string path)
    {
        if (!File.Exists(path) && options.Create == CreateMode.Never)
        {
            throw NotFound(path);
        }

        CreateFolder(path);
        DatabaseKey key = new(options.Key.Span);
        FileLock fileLock = FileLock.Acquire(path + ".lock");
        try
        {
            CreateOrVerify(options, path, key);
            ConnectionFactory factory = new(options, key, path);
            (Connection connection, FileOrigin origin) = OpenWriter(options, factory, key, path, fileLock);
            return new Database(options, fileLock, key, factory, connection) { Origin = origin };
        }
        catch
        {
            fileLock.Dispose();
            key.Dispose();
            throw;
        }
    }

    private static void CreateOrVerify(DatabaseOptions options, string path, DatabaseKey key)
    {
        if (!File.Exists(path))
        {
            // Deleted between the first look and the lock.
            if (options.Create == CreateMode.Never)
            {
                throw NotFound(path);
            }

            DatabaseFile.Create(path, key, options.Application);
            StorageLog.Created(options.Logger, path);
            return;
        }

        DatabaseFile.Verify(path, key, options.Application);
    }

    private static (Connection Connection, FileOrigin Origin) OpenWriter(
        DatabaseOptions options, ConnectionFactory factory, DatabaseKey key, string path, FileLock fileLock)
    {
        Connection connection = factory.OpenWriter();
        try
        {
            FormatLadder.Climb(connection, options, key, path);
            StorageLog.Opened(options.Logger, path, DatabaseFile.Format, new FileInfo(path).Length);
            return (connection, FileOrigin.Read(connection, path, fileLock, options.Random));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void CreateFolder(string path)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path)) ?? ".");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Translate(e, $"Creating the folder of `{path}`");
        }
    }

    private static DiscreetException NotFound(string path) => new(
        ErrorCode.DatabaseNotFound,
        $"There is no database at `{path}`, and the options forbid creating one. Check login and password: they are part of its name.");
}
