using System.Net;
using DiscreetDb.Network.Tests.Contract;
using DiscreetDb.TestKit;

namespace DiscreetDb.Network.Tests.Simulation;

/// <summary>The contract over a calm simulated network, and what the simulator promises.</summary>
public sealed class SimulatedTransportTests : TransportContract
{
    private static readonly IPAddress A = new([10, 0, 0, 1]);
    private static readonly IPAddress B = new([10, 0, 0, 2]);

    internal override TransportHarness CreateHarness() => new SimulatedHarness(new SimulatedLink());

    [Fact]
    public void The_same_seed_gives_the_same_events_in_the_same_order()
    {
        ulong seed = (ulong)SeededRandom.ChooseSeed();

        (ulong hash, long count, TimeSpan end) = RunTransfer(seed);

        Assert.Equal((hash, count, end), RunTransfer(seed));
        Assert.NotEqual(hash, RunTransfer(seed + 1).Hash);
    }

    [Fact]
    public async Task A_connection_survives_a_cut_that_heals_in_time_and_loses_nothing()
    {
        await using var harness = new SimulatedHarness(new SimulatedLink { DelayMs = 10, JitterMs = 20, Loss = 0.05 });
        byte[] content = new SeededRandom((int)harness.Network.Seed).Bytes(300_000);
        await harness.RunAsync(async () =>
        {
            ConnectionPair pair = await harness.ConnectAsync();
            (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
            Task<byte[]> reading = accepted.ReadToEndAsync();
            Task writing = opened.WriteAsync(content, isLast: true).AsTask();
            for (int i = 0; i < 5; i++)
            {
                await harness.PassAsync(TimeSpan.FromMilliseconds(15));
                harness.Network.Cut(A, B, i % 2 == 0);
                harness.Network.Cut(B, A, i % 2 == 0);
                await harness.PassAsync(TimeSpan.FromSeconds(8));
            }

            harness.Network.Cut(A, B, false);
            harness.Network.Cut(B, A, false);
            Assert.Equal(content, await reading);
            await writing;
            Assert.False(pair.Dialler.Ended.IsCompleted);
        });
    }

    [Fact]
    public async Task A_way_can_be_cut_in_one_direction_only()
    {
        await using var harness = new SimulatedHarness(new SimulatedLink());
        await harness.RunAsync(async () =>
        {
            ConnectionPair pair = await harness.ConnectAsync();
            harness.Network.Cut(A, B);

            await harness.PassAsync(TimeSpan.FromMilliseconds(Limits.IdleMs + 1_000));

            // The listener hears nothing and says so; the dialler still hears the listener.
            Assert.Equal(ConnectionEndReason.TimedOut, (await pair.Listener.Ended).Reason);
            Assert.Equal(ConnectionEndReason.ClosedByPeer, (await pair.Dialler.Ended).Reason);
        });
    }

    [Fact]
    public async Task After_a_crash_the_peer_believes_it_is_connected_until_the_machine_is_back()
    {
        await using var harness = new SimulatedHarness(new SimulatedLink());
        await harness.RunAsync(async () =>
        {
            var a = (SimulatedTransport)harness.CreateTransport();
            var b = (SimulatedTransport)harness.CreateTransport();
            ConnectionPair pair = await harness.ConnectAsync(a, b);
            pair.Admit();

            b.Crash();
            await harness.PassAsync(TimeSpan.FromSeconds(15));
            Assert.False(pair.Dialler.Ended.IsCompleted);

            harness.Network.CreateTransport(b.LocalEndPoint);
            await harness.PassAsync(TimeSpan.FromMilliseconds(Limits.KeepAliveMs));
            Assert.Equal(ConnectionEndReason.Lost, (await pair.Dialler.Ended).Reason);
            Assert.Equal(0, a.ConnectionCount);
        });
    }

    [Fact]
    public async Task Datagrams_are_lost_doubled_and_overtake_each_other()
    {
        await using var harness = new SimulatedHarness(new SimulatedLink { DelayMs = 1, JitterMs = 50, Loss = 0.3, Duplication = 0.3 });
        await harness.RunAsync(async () =>
        {
            IPeerTransport a = harness.CreateTransport();
            IPeerTransport b = harness.CreateTransport();
            for (byte i = 0; i < 200; i++)
            {
                a.Datagrams!.Send(b.LocalEndPoint, [1, i]);
            }

            await harness.PassAsync(TimeSpan.FromSeconds(1));
            Task<Datagram?> last = b.Datagrams!.ReceiveAsync().AsTask();
            List<byte> numbers = [];
            while (last.IsCompleted)
            {
                numbers.Add((await last)!.Bytes.Span[1]);
                last = b.Datagrams.ReceiveAsync().AsTask();
            }

            Assert.InRange(numbers.Distinct().Count(), 50, 199);
            Assert.True(numbers.Count > numbers.Distinct().Count());
            Assert.NotEqual(numbers.Order(), numbers);
        });
    }

    [Fact]
    public async Task A_link_has_a_rate()
    {
        await using var harness = new SimulatedHarness(new SimulatedLink { BytesPerSecond = 100_000 });
        await harness.RunAsync(async () =>
        {
            ConnectionPair pair = await harness.ConnectAsync();
            TimeSpan start = harness.Network.Now;
            (IPeerStream opened, IPeerStream accepted) = await pair.OpenStreamAsync();
            Task<byte[]> reading = accepted.ReadToEndAsync();
            await opened.WriteAsync(new byte[200_000], isLast: true);
            await reading;

            Assert.InRange((harness.Network.Now - start).TotalSeconds, 2, 2.2);
        });
    }

    private static (ulong Hash, long Count, TimeSpan End) RunTransfer(ulong seed)
    {
        var network = new SimulatedNetwork(seed) { DefaultLink = new SimulatedLink { DelayMs = 5, JitterMs = 30, Loss = 0.1, Duplication = 0.1 } };
        SimulatedTransport a = network.CreateTransport(new IPEndPoint(A, 1));
        SimulatedTransport b = network.CreateTransport(new IPEndPoint(B, 1));
        SynchronizationContext? context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        network.RunUntilCompleted(TransferAsync());
        SynchronizationContext.SetSynchronizationContext(context);
        return (network.EventHash, network.EventCount, network.Now);

        async Task TransferAsync()
        {
            Task<IPeerConnection?> accepting = b.AcceptAsync().AsTask();
            IPeerConnection dialled = await a.DialAsync(new DialTarget(b.LocalEndPoint));
            IPeerConnection accepted = (await accepting)!;
            dialled.Admit();
            accepted.Admit();
            Task echoing = accepted.EchoAllAsync();
            await Task.WhenAll(Enumerable.Range(0, 10).Select(async i =>
            {
                IPeerStream stream = await dialled.OpenStreamAsync();
                Task<byte[]> reading = stream.ReadToEndAsync();
                await stream.WriteAsync(new byte[20_000 * i], isLast: true);
                Assert.Equal(20_000 * i, (await reading).Length);
            }));
            await dialled.CloseAsync(CloseCode.Closed);
            await echoing;
        }
    }
}
