using System.Globalization;

namespace DiscreetDb.Storage;

/// <summary>Care of the file, beside everybody's work.</summary>
internal sealed partial class Database
{
    /// <summary>4 MiB moved at a time, then waiting writes have their turn.</summary>
    private const int CompactionPages = 1_000;

    /// <summary>
    /// Writes a consistent encrypted copy under the same key to a new file, while everything goes on. It is there, whole and
    /// on the disk, when the task completes; cancelled or failed, it is not there.
    /// </summary>
    /// <exception cref="InvalidOperationException">The database is in memory.</exception>
    /// <exception cref="DiscreetException">StorageFailed: the file exists, or cannot be written; Closed, Cancelled, DiskFull, ReadOnly, DatabaseCorrupt.</exception>
    public Task BackupAsync(string path, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        DatabaseKey key = _key ?? throw new InvalidOperationException("A database in memory has no backup: nothing of it may leave the memory unencrypted.");
        return _options.Scheduler.RunAsync(
            () =>
            {
                if (File.Exists(path))
                {
                    throw new DiscreetException(ErrorCode.StorageFailed, $"The backup `{path}` exists already. Name a new file.");
                }

                using ReadTransaction read = Readers.Begin(cancellationToken);
                Backup.Write(read.Connection, path, key, progress);
                return true;
            },
            cancellationToken);
    }

    /// <summary>What the database takes on disk, or in memory.</summary>
    public Task<DatabaseSize> SizeAsync(CancellationToken cancellationToken) => _options.Scheduler.RunAsync(
        () =>
        {
            using ReadTransaction read = Readers.Begin(cancellationToken);
            long pageSize = ReadCount(read.Connection, "PRAGMA page_size");
            return new DatabaseSize(
                ReadCount(read.Connection, "PRAGMA page_count") * pageSize,
                _options.Path is { } path && new FileInfo(path + "-wal") is { Exists: true } wal ? wal.Length : 0,
                ReadCount(read.Connection, "PRAGMA freelist_count") * pageSize);
        },
        cancellationToken);

    /// <summary>
    /// Gives the space of deleted rows back to the file system, in slices between which writes have their turn. What is
    /// done when it is cancelled stays done.
    /// </summary>
    /// <exception cref="DiscreetException">Closed, Cancelled, DiskFull, StorageFailed, DatabaseCorrupt.</exception>
    public async ValueTask CompactAsync(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        long total = await Writer.RunAloneAsync(CountFree, cancellationToken).ConfigureAwait(false);
        long left = total;
        while (left > 0)
        {
            long before = left;
            left = await Writer.RunAloneAsync(CompactSlice, cancellationToken).ConfigureAwait(false);
            progress?.Report(total == 0 ? 1 : Math.Max(0, 1 - ((double)left / total)));
            if (left >= before)
            {
                break;
            }
        }

        _ = await Writer.RunAloneAsync(connection => IsInMemory || connection.Checkpoint(Sqlite3.CheckpointPassive), cancellationToken).ConfigureAwait(false);
        progress?.Report(1);
    }

    /// <summary>Verifies every page and every tree; an empty list is a sound file. Reads and writes go on.</summary>
    /// <exception cref="DiscreetException">Closed, Cancelled, StorageFailed.</exception>
    public async Task<IReadOnlyList<IntegrityFinding>> CheckAsync(CancellationToken cancellationToken)
    {
        // A page that is being moved into the file would look damaged.
        _ = await Writer.RunAloneAsync(_ => Writer.HoldCheckpoints(true), cancellationToken).ConfigureAwait(false);
        try
        {
            return await _options.Scheduler.RunAsync(
                () => Readers.RunOnNewConnection(connection => IntegrityCheck.Run(connection, !IsInMemory), cancellationToken),
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Writer.HoldCheckpoints(false);
        }
    }

    private static long CompactSlice(Connection connection)
    {
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA incremental_vacuum({CompactionPages})"));
        return CountFree(connection);
    }

    private static long CountFree(Connection connection) => ReadCount(connection, "PRAGMA freelist_count");

    private static long ReadCount(Connection connection, string pragma) => connection.ReadInt64(pragma) ?? 0;
}
