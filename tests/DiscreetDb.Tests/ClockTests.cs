namespace DiscreetDb.Tests;

public sealed class ClockTests
{
    private static readonly DateTimeOffset Start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Rows_are_dated_by_the_clock_of_the_options()
    {
        ManualClock clock = new(Start);
        await using Discreet app = await TestDatabase.InMemoryAsync(options: new() { TimeProvider = clock });
        string id = await app.AddBoatAsync("Aria");
        long inserted = Assert.Single(await app.BoatsAsync()).Mdate;

        clock.Advance(TimeSpan.FromDays(1));
        await app.MutateAsync("mutate { harbour.Boat { id: $id crew: 2 } }", new { id });

        Assert.Equal(Start.ToUnixTimeMilliseconds(), inserted);
        Assert.Equal(Start.AddDays(1).ToUnixTimeMilliseconds(), Assert.Single(await app.BoatsAsync()).Mdate);
    }

    [Fact]
    public async Task Dates_never_go_back_though_the_clock_does()
    {
        ManualClock clock = new(Start);
        await using Discreet app = await TestDatabase.InMemoryAsync(options: new() { TimeProvider = clock });
        string id = await app.AddBoatAsync("Aria");

        clock.Set(Start.AddYears(-1));
        await app.MutateAsync("mutate { harbour.Boat { id: $id crew: 2 } }", new { id });

        Assert.True(Assert.Single(await app.BoatsAsync()).Mdate >= Start.ToUnixTimeMilliseconds());
    }
}
