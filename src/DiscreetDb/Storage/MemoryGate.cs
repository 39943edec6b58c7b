namespace DiscreetDb.Storage;

/// <summary>
/// Many readers or one writer, for databases in memory: SQLite has no write-ahead log there, so a reader that begins during a
/// transaction, and a transaction that commits during a read, would fail instead of waiting.
/// </summary>
internal sealed class MemoryGate
{
    private readonly object _monitor = new();
    private int _readers;
    private int _waitingWriters;
    private bool _isWriting;

    /// <summary>Waits for a running transaction. A reader may leave on another thread than it entered on.</summary>
    public void EnterReader()
    {
        lock (_monitor)
        {
            while (_isWriting || _waitingWriters > 0)
            {
                Monitor.Wait(_monitor);
            }

            _readers++;
        }
    }

    /// <summary>Lets a reader in during the writer's turn, called by the writer between two transactions.</summary>
    public void EnterReaderInTurn()
    {
        lock (_monitor)
        {
            _readers++;
        }
    }

    public void ExitReader()
    {
        lock (_monitor)
        {
            _readers--;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>Waits for running reads.</summary>
    public Holder EnterWriter()
    {
        lock (_monitor)
        {
            _waitingWriters++;
            while (_isWriting || _readers > 0)
            {
                Monitor.Wait(_monitor);
            }

            _waitingWriters--;
            _isWriting = true;
        }

        return new Holder(this);
    }

    private void ExitWriter()
    {
        lock (_monitor)
        {
            _isWriting = false;
            Monitor.PulseAll(_monitor);
        }
    }

    /// <summary>The writer's turn.</summary>
    public readonly struct Holder(MemoryGate gate) : IDisposable
    {
        public void Dispose() => gate.ExitWriter();
    }
}
