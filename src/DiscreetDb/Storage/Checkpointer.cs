using Microsoft.Extensions.Logging;

namespace DiscreetDb.Storage;

/// <summary>
/// Moves the write-ahead log into the file: on the writer's thread, after the tasks of a transaction completed, so that no
/// acknowledgement waits for it and the log begins again from its start with the next write.
/// </summary>
internal sealed class Checkpointer(Connection connection, StorageMetrics metrics, ILogger logger)
{
    /// <summary>16 MiB: long enough that pages changed often are copied once, short enough to read.</summary>
    private const int PagesBetween = 4_000;

    private int _dueAt = PagesBetween;
    private int _holds;

    /// <summary>Each hold is ended once; answers whether anyone holds now.</summary>
    public bool Hold(bool isHeld) => (isHeld ? Interlocked.Increment(ref _holds) : Interlocked.Decrement(ref _holds)) > 0;

    public void RunIfDue()
    {
        if (connection.WalPages < _dueAt)
        {
            _dueAt = connection.WalPages < PagesBetween ? PagesBetween : _dueAt;
            return;
        }

        if (Volatile.Read(ref _holds) > 0)
        {
            return;
        }

        long start = metrics.Timestamp;
        try
        {
            bool isComplete = connection.Checkpoint(Sqlite3.CheckpointPassive);
            metrics.Checkpoint(start);

            // A long read holds old pages in the log: the next try comes after as many new ones.
            _dueAt = isComplete ? PagesBetween : connection.WalPages + PagesBetween;
            if (isComplete)
            {
                connection.ForgetWal();
            }
        }
        catch (DiscreetException e)
        {
            _dueAt = connection.WalPages + PagesBetween;
            StorageLog.CheckpointFailed(logger, connection.WalPages, e);
        }
    }
}
