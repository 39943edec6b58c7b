namespace DiscreetDb.Storage;

/// <summary>
/// The lock that makes this object the only one that has a database open, across processes and inside this one. The
/// system releases it when the process ends, however it ends.
/// </summary>
/// <remarks>
/// It lies on a file of its own beside the database, which stays (and holds the mark of <see cref="FileOrigin" />): locks on the database file are SQLite's business, and a
/// lock file that is deleted can be locked twice.
/// </remarks>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    public string Path => _file.Name;

    /// <exception cref="DiscreetException">DatabaseInUse, ReadOnly, DiskFull, StorageFailed.</exception>
    public static FileLock Acquire(string path)
    {
        try
        {
            return new FileLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1));
        }
        catch (IOException e) when (IsHeld(e, path))
        {
            throw new DiscreetException(
                ErrorCode.DatabaseInUse,
                $"The database is open already, in another process or in this one: `{path}` is locked. Close it there, or share the open object.",
                e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Translate(e, $"Locking `{path}`");
        }
    }

    /// <summary>The first bytes the file holds, at most so many.</summary>
    public byte[] Read(int maxSizeBytes)
    {
        byte[] content = new byte[maxSizeBytes];
        int size = RandomAccess.Read(_file.SafeFileHandle, content, fileOffset: 0);
        return content[..size];
    }

    /// <summary>Writes the content. It need not reach the disk: what it says is checked against the database.</summary>
    /// <exception cref="DiscreetException">DiskFull, ReadOnly, StorageFailed.</exception>
    public void Write(ReadOnlySpan<byte> content)
    {
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, content, fileOffset: 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Translate(e, $"Writing `{Path}`");
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A failure that is no full disk and no missing folder, on a file that exists: somebody holds it.</summary>
    private static bool IsHeld(IOException e, string path) =>
        FileErrors.Classify(e) == ErrorCode.StorageFailed && e.GetType() == typeof(IOException) && File.Exists(path);
}
