using DiscreetDb.Network.Tests.Simulation;

namespace DiscreetDb.Network.Tests.Dialling;

public sealed class DialRaceTests
{
    [Fact]
    public Task The_first_to_get_there_wins_and_the_others_are_closed() => RunAsync(async network =>
    {
        var quic = new Way(network, startsAt: 0, takes: 500, leads: true);
        var tls = new Way(network, startsAt: 300, takes: 50, leads: true);

        Arrival winner = (await RaceAsync(network, quic, tls))!;

        Assert.Same(tls.Arrival, winner);
        Assert.Equal(350, network.Now.TotalMilliseconds, 1.0);
        Assert.True(quic.WasCancelled);
        Assert.False(winner.IsDisposed);
    });

    [Fact]
    public Task A_later_way_is_not_tried_when_the_first_gets_there() => RunAsync(async network =>
    {
        var quic = new Way(network, startsAt: 0, takes: 100, leads: true);
        var tls = new Way(network, startsAt: 300, takes: 50, leads: true);

        Assert.Same(quic.Arrival, await RaceAsync(network, quic, tls));
        Assert.False(tls.WasStarted);
    });

    [Fact]
    public Task A_later_way_is_tried_at_once_when_all_before_it_failed() => RunAsync(async network =>
    {
        var quic = new Way(network, startsAt: 0, takes: 20, leads: false);
        var tls = new Way(network, startsAt: 300, takes: 50, leads: true);

        Assert.Same(tls.Arrival, await RaceAsync(network, quic, tls));
        Assert.Equal(70, network.Now.TotalMilliseconds, 1.0);
    });

    [Fact]
    public Task Nobody_wins_when_no_way_leads_there() => RunAsync(async network =>
    {
        var quic = new Way(network, startsAt: 0, takes: 400, leads: false);
        var tls = new Way(network, startsAt: 300, takes: 50, leads: false);

        Assert.Null(await RaceAsync(network, quic, tls));
        Assert.Null(await DialRace<Arrival>.RunAsync([], network.Clock, network));
    });

    [Fact]
    public Task One_that_gets_there_too_late_is_closed() => RunAsync(async network =>
    {
        var deaf = new Way(network, startsAt: 0, takes: 100, leads: true) { IsDeaf = true };
        var quick = new Way(network, startsAt: 50, takes: 1, leads: true);

        Assert.Same(quick.Arrival, await RaceAsync(network, deaf, quick));
        Assert.True(deaf.Arrival.IsDisposed);
    });

    [Fact]
    public Task A_race_can_be_cancelled() => RunAsync(async network =>
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(50), network.Clock);
        var way = new Way(network, startsAt: 0, takes: 1_000, leads: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => DialRace<Arrival>.RunAsync([way.Attempt], network.Clock, network, cancellation.Token));
        Assert.True(way.WasCancelled);
    });

    private static Task<Arrival?> RaceAsync(SimulatedNetwork network, params Way[] ways) =>
        DialRace<Arrival>.RunAsync(ways.Select(w => w.Attempt), network.Clock, network);

    private static async Task RunAsync(Func<SimulatedNetwork, Task> scenario)
    {
        await using var harness = new SimulatedHarness(new SimulatedLink());
        await harness.RunAsync(() => scenario(harness.Network));
    }

    private sealed class Arrival : IAsyncDisposable
    {
        public bool IsDisposed { get; private set; }

        public ValueTask DisposeAsync()
        {
            IsDisposed = true;
            return ValueTask.CompletedTask;
        }
    }

    private sealed class Way(SimulatedNetwork network, int startsAt, int takes, bool leads)
    {
        public bool WasStarted { get; private set; }

        public bool WasCancelled { get; private set; }

        /// <summary>Does not listen to being cancelled.</summary>
        public bool IsDeaf { get; init; }

        public Arrival Arrival { get; } = new();

        public DialAttempt<Arrival> Attempt => new(TimeSpan.FromMilliseconds(startsAt), GoAsync);

        private async Task<Arrival?> GoAsync(CancellationToken cancellationToken)
        {
            WasStarted = true;
            IWakes wakes = network;
            Waiter waiter = wakes.CreateWaiter();
            waiter.Arm();
            network.Schedule(TimeSpan.FromMilliseconds(takes), waiter.Set);
            try
            {
                await waiter.WaitAsync(IsDeaf ? CancellationToken.None : cancellationToken);
            }
            catch (OperationCanceledException)
            {
                WasCancelled = true;
                throw;
            }

            return leads ? Arrival : null;
        }
    }
}
