namespace DiscreetDb.Tests;

public sealed class ManualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_clock_stands_still_until_it_is_moved()
    {
        ManualClock clock = new(Start);
        long before = clock.GetTimestamp();

        clock.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(Start.AddSeconds(3), clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromSeconds(3), clock.GetElapsedTime(before));
    }

    [Fact]
    public void Timers_run_when_they_fall_due_each_at_its_own_time()
    {
        ManualClock clock = new(Start);
        List<(string, DateTimeOffset)> calls = [];
        using ITimer twice = clock.CreateTimer(_ => calls.Add(("twice", clock.GetUtcNow())), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using ITimer once = clock.CreateTimer(_ => calls.Add(("once", clock.GetUtcNow())), null, TimeSpan.FromSeconds(3), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([("twice", Start.AddSeconds(2)), ("once", Start.AddSeconds(3)), ("twice", Start.AddSeconds(4))], calls);
    }

    [Fact]
    public void A_disposed_timer_runs_no_more()
    {
        ManualClock clock = new(Start);
        int calls = 0;
        ITimer timer = clock.CreateTimer(_ => calls++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        clock.Advance(TimeSpan.FromSeconds(1));

        timer.Dispose();
        clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(1, calls);
    }

    [Fact]
    public void The_clock_can_jump_back_but_not_advance_by_less_than_nothing()
    {
        ManualClock clock = new(Start);

        clock.Set(Start.AddYears(-1));

        Assert.Equal(Start.AddYears(-1), clock.GetUtcNow());
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromSeconds(-1)));
    }
}
