namespace DiscreetDb;

/// <summary>A clock that stands still until it is told otherwise; for an application's own tests.</summary>
/// <example>
/// <code>
/// ManualClock clock = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
/// await using Discreet app = await Discreet.New(model, "example.com/app", key, options: new() { InMemory = true, TimeProvider = clock });
/// clock.Advance(TimeSpan.FromDays(31));
/// </code>
/// </example>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _now;

    /// <summary>A clock that shows this time.</summary>
    public ManualClock(DateTimeOffset now)
    {
        _now = now.ToUniversalTime();
    }

    /// <summary>Ticks of 100 ns, so that <see cref="GetTimestamp" /> follows the clock.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>The time this clock shows.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <inheritdoc />
    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves the clock forward and runs the timers that fall due, each at its own time.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative; a clock that jumps back is set by <see cref="Set" />.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        DateTimeOffset end = GetUtcNow() + time;
        while (TakeDue(end) is { } due)
        {
            due.Fire();
        }

        Set(end);
    }

    /// <summary>Puts the clock to a time, forward or back, without running timers: what a user does to a machine's clock.</summary>
    public void Set(DateTimeOffset now)
    {
        lock (_lock)
        {
            _now = now.ToUniversalTime();
        }
    }

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        ManualTimer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private ManualTimer? TakeDue(DateTimeOffset end)
    {
        lock (_lock)
        {
            ManualTimer? next = _timers.MinBy(timer => timer.Due);
            if (next is null || next.Due > end)
            {
                return null;
            }

            _now = next.Due > _now ? next.Due : _now;
            next.Schedule(_now);
            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                _period = period;
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = clock._now + dueTime;
                    clock._timers.Add(this);
                }

                return true;
            }
        }

        /// <summary>The next time after now, or none; called under the clock's lock.</summary>
        public void Schedule(DateTimeOffset now)
        {
            if (_period <= TimeSpan.Zero)
            {
                clock._timers.Remove(this);
                return;
            }

            Due = now + _period;
        }

        public void Fire() => callback(state);

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
