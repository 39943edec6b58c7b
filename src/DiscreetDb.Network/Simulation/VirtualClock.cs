namespace DiscreetDb.Network;

/// <summary>The clock of a <see cref="SimulatedNetwork" />: stands still between its events; timers are events.</summary>
internal sealed class VirtualClock(SimulatedNetwork network) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Start + network.Now;

    public override long GetTimestamp() => network.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(network, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(SimulatedNetwork network, TimerCallback callback, object? state) : ITimer
    {
        // A timer that was changed or disposed leaves its old event behind, which then finds another number.
        private int _version;
        private TimeSpan _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            int version = ++_version;
            _period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                network.Schedule(dueTime, () => Fire(version));
            }

            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(int version)
        {
            if (version != _version)
            {
                return;
            }

            if (_period > TimeSpan.Zero)
            {
                Change(_period, _period);
            }

            callback(state);
        }
    }
}
