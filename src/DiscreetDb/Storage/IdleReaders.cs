namespace DiscreetDb.Storage;

/// <summary>
/// Reading connections that nobody uses, the one used last first, because it has the warmest cache. One that stays unused
/// gives the memory of its pages back.
/// </summary>
internal sealed class IdleReaders : IDisposable
{
    /// <summary>Between two looks. A connection found idle twice was unused for at least so long.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(30);

    private const int LooksUntilRelease = 2;

    private readonly Lock _gate = new();
    private readonly List<IdleReader> _readers = [];
    private readonly ITimer _timer;
    private bool _isTimerSet;
    private bool _isClosed;

    public IdleReaders(TimeProvider timeProvider)
    {
        _timer = timeProvider.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Null when none is idle.</summary>
    public Connection? TryTake()
    {
        lock (_gate)
        {
            if (_readers.Count == 0)
            {
                return null;
            }

            Connection connection = _readers[^1].Connection;
            _readers.RemoveAt(_readers.Count - 1);
            return connection;
        }
    }

    /// <summary>Keeps a connection, or closes it when the pool is closed.</summary>
    public void Add(Connection connection)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                connection.Dispose();
                return;
            }

            _readers.Add(new IdleReader(connection, 0));
            SetTimer();
        }
    }

    /// <summary>Closes them all; those added from now on are closed at once.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach (IdleReader reader in _readers)
            {
                reader.Connection.Dispose();
            }

            _readers.Clear();
        }

        _timer.Dispose();
    }

    // Under the lock: nobody can take a connection while its pages are given back.
    private void Look()
    {
        lock (_gate)
        {
            _isTimerSet = false;
            for (int i = 0; i < _readers.Count; i++)
            {
                IdleReader seen = _readers[i] with { Looks = _readers[i].Looks + 1 };
                _readers[i] = seen;
                if (seen.Looks == LooksUntilRelease)
                {
                    seen.Connection.ReleaseMemory();
                }
                else if (seen.Looks < LooksUntilRelease)
                {
                    SetTimer();
                }
            }
        }
    }

    private void SetTimer()
    {
        if (!_isTimerSet)
        {
            _isTimerSet = true;
            _timer.Change(LookInterval, Timeout.InfiniteTimeSpan);
        }
    }

    private readonly record struct IdleReader(Connection Connection, int Looks);
}
