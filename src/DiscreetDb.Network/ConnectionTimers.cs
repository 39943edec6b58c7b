namespace DiscreetDb.Network;

/// <summary>
/// The deadlines of one connection: admitted in time, kept alive while silent, given up when nothing comes. One timer, set to
/// the next of them.
/// </summary>
internal sealed class ConnectionTimers : IDisposable
{
    private readonly Lock _gate = new();
    private readonly TransportOptions _options;
    private readonly Multiplexer _multiplexer;
    private readonly Action<ConnectionEndReason> _giveUp;
    private readonly ITimer _timer;
    private readonly long _start;
    private long _lastSent;
    private long _lastReceived;
    private bool _isAdmitted;
    private bool _isDisposed;

    /// <param name="options">Clock and times.</param>
    /// <param name="multiplexer">Asked for a sign of life.</param>
    /// <param name="giveUp">Ends the connection for the reason given; called on the timer's thread.</param>
    /// <param name="age">How long ago the first packet was.</param>
    public ConnectionTimers(TransportOptions options, Multiplexer multiplexer, Action<ConnectionEndReason> giveUp, TimeSpan age = default)
    {
        _options = options;
        _multiplexer = multiplexer;
        _giveUp = giveUp;
        long now = options.Clock.GetTimestamp();
        _start = now - (long)(age.TotalSeconds * options.Clock.TimestampFrequency);
        _lastSent = _lastReceived = now;
        _timer = options.Clock.CreateTimer(static state => ((ConnectionTimers)state!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Schedule();
    }

    public void OnSent() => Volatile.Write(ref _lastSent, _options.Clock.GetTimestamp());

    public void OnReceived() => Volatile.Write(ref _lastReceived, _options.Clock.GetTimestamp());

    public void Admit()
    {
        lock (_gate)
        {
            _isAdmitted = true;
            Schedule();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer.Dispose();
        }
    }

    private void Check()
    {
        ConnectionEndReason? reason = null;
        lock (_gate)
        {
            if (_isDisposed)
            {
                return;
            }

            if (SinceReceived >= _options.Idle)
            {
                reason = ConnectionEndReason.TimedOut;
            }
            else if (!_isAdmitted && Since(_start) >= _options.HandshakeTime)
            {
                reason = ConnectionEndReason.NotAdmitted;
            }
            else if (SinceSent >= _options.KeepAlive)
            {
                // Counted as sent now: a carrier that is blocked is not asked again at once.
                OnSent();
                _multiplexer.Ping();
            }

            if (reason is null)
            {
                Schedule();
            }
        }

        if (reason is { } given)
        {
            _giveUp(given);
        }
    }

    private TimeSpan SinceReceived => Since(Volatile.Read(ref _lastReceived));

    private TimeSpan SinceSent => Since(Volatile.Read(ref _lastSent));

    private TimeSpan Since(long timestamp) => _options.Clock.GetElapsedTime(timestamp);

    private void Schedule()
    {
        if (_isDisposed)
        {
            return;
        }

        TimeSpan wait = Min(_options.Idle - SinceReceived, _options.KeepAlive - SinceSent);
        if (!_isAdmitted)
        {
            wait = Min(wait, _options.HandshakeTime - Since(_start));
        }

        _timer.Change(wait > TimeSpan.Zero ? wait : TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;
}
