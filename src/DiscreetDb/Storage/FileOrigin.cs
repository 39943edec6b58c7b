namespace DiscreetDb.Storage;

/// <summary>
/// Tells a database from a copy of it, because a copy must not go on with the logs of the original (I9). Each opening gives
/// database and lock file the same new random mark, and the database its place: a backup says itself that it is one, an
/// older file in the place of a newer one has another mark than the lock file, a copied folder lies elsewhere.
/// </summary>
/// <remarks>
/// A machine restored as a whole shows none of these signs; then a peer that knows more of our own log than we do is the
/// first to tell. Taking an original for a copy costs nothing but another device.
/// </remarks>
internal sealed class FileOrigin
{
    /// <summary>In <c>$meta</c> of a backup.</summary>
    public const string BackupKey = "backup";

    private const string MarkKey = "mark";
    private const string PlaceKey = "place";
    private const int MarkSizeBytes = 16;

    private readonly string _path;
    private readonly FileLock _lock;
    private readonly IRandomSource _random;
    private readonly byte[] _mark;
    private readonly byte[] _next = new byte[MarkSizeBytes];

    private FileOrigin(string path, FileLock fileLock, IRandomSource random, byte[] mark, bool isCopy)
    {
        _path = path;
        _lock = fileLock;
        _random = random;
        _mark = mark;
        IsCopy = isCopy;
    }

    /// <summary>Whether another file may go on with the logs in this one.</summary>
    public bool IsCopy { get; private set; }

    /// <summary>Looks at a file just opened.</summary>
    public static FileOrigin Read(Connection connection, string path, FileLock fileLock, IRandomSource random)
    {
        byte[] mark = ReadBlob(connection, MarkKey);
        bool isCopy = ReadBlob(connection, BackupKey).Length > 0
            || !HoldsMark(fileLock.Read(2 * MarkSizeBytes), mark)
            || FilePlace.Read(ReadBlob(connection, PlaceKey)) is not { } place
            || !place.IsSame(FilePlace.Of(path, fileLock.Path));
        return new FileOrigin(path, fileLock, random, mark, isCopy);
    }

    /// <summary>In the transaction of opening, which also gives a copy its own device: the file is an original from now on.</summary>
    public void Renew(WriteTransaction transaction)
    {
        _random.Fill(_next);
        if (!IsCopy)
        {
            // Whichever of the two the file holds after a crash, it is the same file. A copy stays one until it is durable.
            _lock.Write([.. _mark.Length == 0 ? _next : _mark, .. _next]);
        }

        Span<byte> place = stackalloc byte[FilePlace.SizeBytes];
        FilePlace.Of(_path, _lock.Path).Write(place);
        Connection connection = transaction.Connection;
        connection.Execute($"""DELETE FROM "$meta" WHERE "key" = '{BackupKey}'""");
        Set(connection, MarkKey, _next);
        Set(connection, PlaceKey, place);
    }

    /// <summary>After that transaction: from now on an older state of the file is a copy.</summary>
    public void Settle()
    {
        _lock.Write([.. _next, .. _next]);
        IsCopy = false;
    }

    private static bool HoldsMark(ReadOnlySpan<byte> marks, ReadOnlySpan<byte> mark) =>
        mark.Length == MarkSizeBytes
        && marks.Length == 2 * MarkSizeBytes
        && (marks[..MarkSizeBytes].SequenceEqual(mark) || marks[MarkSizeBytes..].SequenceEqual(mark));

    private static byte[] ReadBlob(Connection connection, string key)
    {
        using Statement select = connection.Prepare("""SELECT "value" FROM "$meta" WHERE "key" = ?1""");
        select.BindText(1, key);
        return select.Step() ? select.GetBlob(0).ToArray() : [];
    }

    private static void Set(Connection connection, string key, ReadOnlySpan<byte> value)
    {
        using Statement replace = connection.Prepare("""REPLACE INTO "$meta" ("key", "value") VALUES (?1, ?2)""");
        replace.BindText(1, key);
        replace.BindBlob(2, value);
        replace.Run();
    }
}
