namespace DiscreetDb.Core.Tests;

public sealed class ClockTests
{
    [Fact]
    public void A_clock_value_is_milliseconds_and_counter()
    {
        var hlc = new Hlc((1_767_225_600_000UL << 16) | 5);

        Assert.Equal(1_767_225_600_000, hlc.Milliseconds);
        Assert.Equal(5, hlc.Counter);
        Assert.Equal("1767225600000.5", hlc.ToString());
        Assert.Equal(0, Hlc.FromMilliseconds(7).Counter);
        Assert.Throws<ArgumentOutOfRangeException>(() => Hlc.FromMilliseconds(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Hlc.FromMilliseconds(Hlc.MaxMilliseconds + 1));
    }

    [Fact]
    public void The_next_value_is_after_now_and_after_everything_given()
    {
        var wall = new Wall { Now = 1_000 };
        var clock = new HybridClock(wall);

        Assert.Equal(new Hlc(Hlc.FromMilliseconds(1_000).Value + 1), clock.Next());
        Assert.Equal(new Hlc(Hlc.FromMilliseconds(1_000).Value + 2), clock.Next());
        wall.Now = 2_000;
        Assert.Equal(new Hlc(Hlc.FromMilliseconds(2_000).Value + 1), clock.Next());
        wall.Now = 500;
        Assert.Equal(new Hlc(Hlc.FromMilliseconds(2_000).Value + 2), clock.Next());
        Assert.Equal(new Hlc(Hlc.FromMilliseconds(2_000).Value + 2), clock.Last);
    }

    [Fact]
    public void An_observed_value_ahead_is_followed_and_one_behind_ignored()
    {
        var clock = new HybridClock(new Wall { Now = 1_000 });

        clock.Observe(Hlc.FromMilliseconds(9_000));
        clock.Observe(Hlc.FromMilliseconds(3_000));

        Assert.Equal(new Hlc(Hlc.FromMilliseconds(9_000).Value + 1), clock.Next());
    }

    [Fact]
    public void A_full_counter_carries_into_the_milliseconds()
    {
        var clock = new HybridClock(new Wall { Now = 0 });
        clock.Observe(new Hlc(Hlc.FromMilliseconds(5).Value | 0xFFFF));

        Hlc next = clock.Next();

        Assert.Equal(6, next.Milliseconds);
        Assert.Equal(0, next.Counter);
    }

    [Fact]
    public void A_wall_clock_before_1970_counts_as_1970()
    {
        var clock = new HybridClock(new Wall { Now = -5 });

        Assert.Equal(new Hlc(1), clock.Next());
    }

    [Fact]
    public async Task Many_threads_never_get_the_same_value()
    {
        var clock = new HybridClock(new Wall { Now = 1 });

        Hlc[][] values = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Enumerable.Range(0, 5_000).Select(_ => clock.Next()).ToArray())));

        Assert.Equal(20_000, values.SelectMany(v => v).Distinct().Count());
        Assert.All(values, v => Assert.Equal(v.Order(), v));
    }

    [Fact]
    public void A_seeded_source_repeats_itself_and_the_system_does_not()
    {
        Assert.Equal(Draw(new SeededRandomSource(1)), Draw(new SeededRandomSource(1)));
        Assert.NotEqual(Draw(new SeededRandomSource(1)), Draw(new SeededRandomSource(2)));
        Assert.NotEqual(Draw(SystemRandom.Instance), Draw(SystemRandom.Instance));

        static byte[] Draw(IRandomSource source)
        {
            byte[] bytes = new byte[100];
            source.Fill(bytes.AsSpan(0, 40));
            source.Fill(bytes.AsSpan(40));
            return bytes;
        }
    }

    private sealed class Wall : TimeProvider
    {
        public long Now { get; set; }

        public override DateTimeOffset GetUtcNow() => DateTimeOffset.FromUnixTimeMilliseconds(Now);
    }
}
