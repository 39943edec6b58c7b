using System.Diagnostics.CodeAnalysis;

namespace DiscreetDb.Storage;

/// <summary>A small pool of read-only connections on WAL snapshots.</summary>
internal sealed class ReaderPool : IDisposable
{
    private const int CloseTimeoutMs = 5_000;

    private readonly ConnectionFactory _factory;
    private readonly MemoryGate? _memoryGate;
    private readonly DatabaseOptions _options;
    private readonly StorageMetrics _metrics;
    private readonly SemaphoreSlim _free;
    private readonly IdleReaders _idle;
    private readonly CancellationTokenSource _closing = new();

    public ReaderPool(ConnectionFactory factory, MemoryGate? memoryGate, DatabaseOptions options, StorageMetrics metrics)
    {
        _factory = factory;
        _memoryGate = memoryGate;
        _options = options;
        _metrics = metrics;
        _free = new SemaphoreSlim(options.ReaderCount);
        _idle = new IdleReaders(options.TimeProvider);
    }

    /// <summary>Leases a connection and opens a read transaction on it; its snapshot is taken before this returns.</summary>
    /// <param name="cancellationToken">Stops the waiting, and every statement of the transaction.</param>
    /// <param name="timeout">After it every statement of the transaction stops; null: never.</param>
    /// <exception cref="DiscreetException">Closed, Cancelled, TimedOut, StorageFailed, DatabaseCorrupt.</exception>
    public ReadTransaction Begin(CancellationToken cancellationToken, TimeSpan? timeout = null)
    {
        Connection connection = Lease(cancellationToken, timeout);
        _memoryGate?.EnterReader();
        return TakeSnapshot(connection);
    }

    /// <summary>
    /// Runs work on a new connection whose statements each see the newest state, and closes it: FTS5 keeps the structure of
    /// an index per connection, and its integrity check, unlike a search, does not notice that another one joined segments.
    /// </summary>
    /// <exception cref="DiscreetException">As <see cref="Begin" />.</exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "Giving it back as unsound closes it.")]
    public T RunOnNewConnection<T>(Func<Connection, T> work, CancellationToken cancellationToken)
    {
        Connection connection = Lease(cancellationToken, isNew: true);
        _memoryGate?.EnterReader();
        try
        {
            return work(connection);
        }
        finally
        {
            _memoryGate?.ExitReader();
            GiveBack(connection, isSound: false);
        }
    }

    /// <summary>Stops running reads, waits for their connections and closes them.</summary>
    public void Dispose()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        _closing.Cancel();
        for (int i = 0; i < _options.ReaderCount; i++)
        {
            // A transaction nobody ends must not hold up the closing for ever; its connection closes when it is given back.
            _ = _free.Wait(CloseTimeoutMs, CancellationToken.None);
        }

        _idle.Dispose();
    }

    /// <summary>Leases a connection without a transaction; <see cref="TakeSnapshot" /> or <see cref="GiveBack" /> follows.</summary>
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller gets it.")]
    internal Connection Lease(CancellationToken cancellationToken, TimeSpan? timeout = null, bool isNew = false)
    {
        StopCondition stop = timeout is { } limit
            ? new StopCondition(_options.TimeProvider, limit, cancellationToken, _closing.Token)
            : new StopCondition(cancellationToken, _closing.Token);
        stop.ThrowIfMet();
        if (!_free.Wait(0, CancellationToken.None))
        {
            WaitForFree(stop, cancellationToken);
        }

        try
        {
            Connection connection = (isNew ? null : _idle.TryTake()) ?? _factory.OpenReader();
            connection.StopWhen(stop);
            return connection;
        }
        catch
        {
            _free.Release();
            throw;
        }
    }

    /// <summary>Begins a transaction on a leased connection; the first read pins the snapshot. Enter the memory gate before.</summary>
    internal ReadTransaction TakeSnapshot(Connection connection)
    {
        try
        {
            connection.Run("BEGIN");
            connection.Run("SELECT 1 FROM sqlite_schema LIMIT 1");
            return new ReadTransaction(this, connection);
        }
        catch
        {
            End(connection);
            throw;
        }
    }

    internal void End(Connection connection)
    {
        bool isSound = TryEnd(connection);
        _memoryGate?.ExitReader();
        GiveBack(connection, isSound);
    }

    internal void GiveBack(Connection connection, bool isSound = true)
    {
        connection.StopWhen(default);
        if (isSound)
        {
            _idle.Add(connection);
        }
        else
        {
            connection.Dispose();
        }

        _free.Release();
    }

    private void WaitForFree(in StopCondition stop, CancellationToken cancellationToken)
    {
        _metrics.ReaderWait();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            _free.Wait(either.Token);
        }
        catch (OperationCanceledException)
        {
            throw stop.CreateFailure();
        }
    }

    /// <summary>A connection that cannot end its transaction is not used again.</summary>
    private bool TryEnd(Connection connection)
    {
        try
        {
            if (connection.IsInTransaction)
            {
                connection.StopWhen(default);
                connection.Run("COMMIT");
            }

            return true;
        }
        catch (DiscreetException e)
        {
            StorageLog.ReaderReplaced(_options.Logger, e);
            return false;
        }
    }
}
