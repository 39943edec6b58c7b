using DiscreetDb.Core;
using Microsoft.Extensions.Logging;

namespace DiscreetDb.Storage;

/// <summary>
/// The one writer: a queue, a connection, group commit. Each piece of work runs in its own savepoint; what fails, fails
/// alone. A task completes only after its transaction is durable (I3).
/// </summary>
internal sealed class Writer : IDisposable
{
    private readonly Connection _connection;
    private readonly MemoryGate? _memoryGate;
    private readonly Durability _durability;
    private readonly StorageMetrics _metrics;
    private readonly ILogger _logger;
    private readonly WriterQueue _queue = new();
    private readonly WriteTransaction _transaction;
    private readonly GroupCommit _group;
    private readonly Checkpointer _checkpointer;
    private readonly IWorkLoop _loop;
    private bool _isClosed;

    public Writer(Connection connection, MemoryGate? memoryGate, DatabaseOptions options, StorageMetrics metrics)
    {
        _connection = connection;
        _memoryGate = memoryGate;
        _durability = options.Durability;
        _metrics = metrics;
        _logger = options.Logger;
        _transaction = new WriteTransaction(connection);
        _group = new GroupCommit(connection, _transaction);
        _checkpointer = new Checkpointer(connection, metrics, options.Logger);
        _loop = options.Scheduler.CreateLoop("writer", Drain);
    }

    /// <summary>
    /// Called on the writer's thread with what each durable transaction changed, before its tasks complete. Set before the
    /// first work; must be quick and must not throw.
    /// </summary>
    public Action<ChangeSet>? Committed { get; set; }

    /// <summary>What the writer does when nobody waits. Set before the first work.</summary>
    public IBackgroundWork? Background { get; set; }

    /// <summary>Pieces that wait.</summary>
    public int QueueLength => _queue.Count;

    /// <summary>Queues work; waits when <see cref="Limits.WriterQueueLength" /> pieces already wait.</summary>
    /// <exception cref="DiscreetException">Closed, Cancelled (only before the work began), DiskFull, StorageFailed, or what the work threw.</exception>
    public ValueTask<T> RunAsync<T>(Func<WriteTransaction, T> work, CancellationToken cancellationToken) =>
        EnqueueAsync(new WriterWork<T>(work, isAlone: false), cancellationToken);

    /// <summary>
    /// The same, on a thread that has nothing else to do: the writer wakes it without a thread of the pool between them.
    /// </summary>
    /// <exception cref="DiscreetException">As <see cref="RunAsync" />.</exception>
    public T Run<T>(Func<WriteTransaction, T> work) => RunAsync(work, CancellationToken.None).AsTask().GetAwaiter().GetResult();

    /// <summary>
    /// Queues work that runs on the writer's thread between two transactions, with the writer's connection: nothing is
    /// committed before it returns but what it commits itself.
    /// </summary>
    /// <exception cref="DiscreetException">As <see cref="RunAsync" />.</exception>
    public ValueTask<T> RunAloneAsync<T>(Func<Connection, T> work, CancellationToken cancellationToken) =>
        EnqueueAsync(new WriterWork<T>(transaction => work(transaction.Connection), isAlone: true), cancellationToken);

    /// <summary>Keeps the write-ahead log out of the file as long as somebody holds; called between transactions to take effect at once.</summary>
    public bool HoldCheckpoints(bool isHeld) => _checkpointer.Hold(isHeld);

    /// <summary>Asks for a look at <see cref="Background" />.</summary>
    public void Wake() => _loop.Signal();

    /// <summary>Gives up what waits, ends what runs, closes the connection.</summary>
    public void Dispose()
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        _queue.Close();
        _loop.Dispose();
        _connection.Dispose();
        _queue.Dispose();
    }

    private ValueTask<T> EnqueueAsync<T>(WriterWork<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return ValueTask.FromException<T>(new StopCondition(cancellationToken).CreateFailure());
        }

        if (_isClosed)
        {
            return ValueTask.FromException<T>(new DiscreetException(ErrorCode.Closed, "The database was closed."));
        }

        work.CancelWith(cancellationToken);
        ValueTask added = _queue.AddAsync(work, cancellationToken);
        if (!added.IsCompletedSuccessfully)
        {
            return WaitAsync(added, work);
        }

        _loop.Signal();
        return new ValueTask<T>(work.Task);
    }

    private async ValueTask<T> WaitAsync<T>(ValueTask added, WriterWork<T> work)
    {
        await added.ConfigureAwait(false);
        _loop.Signal();
        return await work.Task.ConfigureAwait(false);
    }

    private void Drain()
    {
        while (!_isClosed && (RunAlone() || RunGroup()))
        {
            _checkpointer.RunIfDue();
            if (Background is { IsUrgent: true })
            {
                RunSlice(Background);
            }
        }

        if (!_isClosed && Background is not null && RunSlice(Background))
        {
            _loop.Signal();
        }
    }

    private bool RunAlone()
    {
        if (!_queue.TryTakeAlone(out WriterWork? work))
        {
            return false;
        }

        if (!work.TryBegin())
        {
            return true;
        }

        using MemoryGate.Holder? gate = _memoryGate?.EnterWriter();
        try
        {
            work.Run(_transaction);
        }
        catch (Exception e)
        {
            RollBackLeftover();
            work.Fail(e);
            return true;
        }

        work.Complete();
        return true;
    }

    /// <summary>
    /// Commits what waits in one transaction. What arrives while it runs joins it: under load groups grow by themselves, and a
    /// single piece waits for nobody.
    /// </summary>
    private bool RunGroup()
    {
        if (!_queue.TryTakeShared(out WriterWork? work))
        {
            return false;
        }

        using MemoryGate.Holder? gate = _memoryGate?.EnterWriter();
        do
        {
            if (work.TryBegin())
            {
                _group.Run(work);
            }
        }
        while (_group.Count < Limits.GroupCommitCount && _queue.TryTakeShared(out work));

        long start = _metrics.Timestamp;
        int count = _group.Commit(OnCommitted);
        if (count > 0)
        {
            _metrics.Commit(count, start);
        }

        return true;
    }

    private void OnCommitted(ChangeSet changes)
    {
        try
        {
            Committed?.Invoke(changes);
        }
        catch (Exception e)
        {
            // The transaction is durable: its tasks must complete whatever a listener does.
            StorageLog.ListenerFailed(_logger, e);
        }
    }

    private bool RunSlice(IBackgroundWork background)
    {
        using MemoryGate.Holder? gate = _memoryGate?.EnterWriter();
        try
        {
            return background.RunSlice(_connection);
        }
        catch (Exception e)
        {
            RollBackLeftover();
            StorageLog.BackgroundFailed(_logger, e);
            return false;
        }
        finally
        {
            _checkpointer.RunIfDue();
        }
    }

    private void RollBackLeftover()
    {
        if (_connection.IsInTransaction)
        {
            _connection.Run("ROLLBACK");
        }
    }
}
