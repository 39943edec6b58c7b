using System.Net;
using DiscreetDb.Network.Tests.Handshakes;
using DiscreetDb.Network.Tests.Simulation;

namespace DiscreetDb.Network.Tests.Discovery;

/// <summary>Devices of one local network, in virtual time.</summary>
public sealed class LanDiscoveryTests
{
    private static readonly IPAddress A = new([10, 0, 0, 1]);
    private static readonly IPAddress B = new([10, 0, 0, 2]);
    private static readonly IPAddress Elsewhere = new([10, 0, 0, 99]);

    [Fact]
    public Task Two_that_know_each_other_find_each_other_within_two_seconds() => RunAsync(async (network, lan) =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        await using LanDiscovery first = Start(network, lan.Join(A), a, 1_001);
        await Task.Delay(TimeSpan.FromMinutes(5), network.Clock);
        TimeSpan start = network.Now;
        await using LanDiscovery second = Start(network, lan.Join(B), b, 1_002);

        // The newcomer announces, and the other both hears and answers.
        LanSighting ofNewcomer = (await first.ReceiveAsync())!;
        LanSighting ofOther = (await second.ReceiveAsync())!;

        Assert.Equal((a.Known[0], new IPEndPoint(B, 1_002)), (ofNewcomer.Secret, ofNewcomer.EndPoint));
        Assert.Equal((b.Known[0], new IPEndPoint(A, 1_001)), (ofOther.Secret, ofOther.EndPoint));
        Assert.InRange(network.Now - start, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    });

    [Fact]
    public Task Strangers_hear_each_other_and_say_nothing() => RunAsync(async (network, lan) =>
    {
        await using LanDiscovery first = Start(network, lan.Join(A), new TestDevice(0, 0), 1_001);
        var c = new TestDevice(2, 0);
        c.Meet(new TestDevice(3, 0));
        await using LanDiscovery second = Start(network, lan.Join(B), c, 1_002);
        Task<LanSighting?> sighting = first.ReceiveAsync().AsTask();
        Task<LanSighting?> other = second.ReceiveAsync().AsTask();

        await Task.Delay(TimeSpan.FromSeconds(5), network.Clock);

        // One who knows nobody has nothing to announce; the other announced thrice to both, and nobody answered.
        Assert.Equal(3 * 2, lan.SentCount);
        Assert.False(sighting.IsCompleted);
        Assert.False(other.IsCompleted);
    });

    [Fact]
    public Task Two_devices_of_one_user_find_each_other_and_not_themselves() => RunAsync(async (network, lan) =>
    {
        var one = new TestDevice(0, 1);
        var two = new TestDevice(0, 2);
        one.Meet(two);
        two.Meet(one);
        await using LanDiscovery first = Start(network, lan.Join(A), one, 1_001);
        Task<LanSighting?> sighting = first.ReceiveAsync().AsTask();
        await Task.Delay(TimeSpan.FromSeconds(3), network.Clock);
        Assert.False(sighting.IsCompleted);

        await using LanDiscovery second = Start(network, lan.Join(B), two, 1_002);

        Assert.Equal(new IPEndPoint(B, 1_002), (await sighting)!.EndPoint);
    });

    [Theory]
    [InlineData("from another address")]
    [InlineData("after an hour")]
    [InlineData("as an answer to nothing")]
    public Task A_packet_that_is_replayed_is_not_believed(string how) => RunAsync(async (network, lan) =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        await using LanDiscovery first = Start(network, lan.Join(A), a, 1_001);
        long minute = network.Clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        LanPacketKind kind = how == "as an answer to nothing" ? LanPacketKind.Answer : LanPacketKind.Announcement;
        LanPacket packet = new LanPacket(kind, new byte[16], (uint)minute, 1_002, []).WithTagsFor(b.Known, B, network.Random);
        if (how == "after an hour")
        {
            await Task.Delay(TimeSpan.FromHours(1), network.Clock);
        }

        Task<LanSighting?> sighting = first.ReceiveAsync().AsTask();
        await Task.Delay(TimeSpan.FromSeconds(2), network.Clock);
        int sent = lan.SentCount;

        lan.Inject(new IPEndPoint(how == "from another address" ? Elsewhere : B, 5), A, packet.Encode());
        await Task.Delay(TimeSpan.FromSeconds(2), network.Clock);

        Assert.False(sighting.IsCompleted);
        Assert.InRange(lan.SentCount - sent, 1, 2);
    });

    [Fact]
    public Task A_flood_of_packets_is_looked_at_so_many_a_second() => RunAsync(async (network, lan) =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        await using LanDiscovery first = Start(network, lan.Join(A), a, 1_001);
        await Task.Delay(TimeSpan.FromSeconds(3), network.Clock);
        long minute = network.Clock.GetUtcNow().ToUnixTimeSeconds() / 60;
        for (int i = 0; i < 1_000; i++)
        {
            byte[] nonce = new byte[16];
            network.Random.Fill(nonce);
            lan.Inject(new IPEndPoint(B, 5), A, new LanPacket(LanPacketKind.Announcement, nonce, (uint)minute, 1_002, []).WithTagsFor(b.Known, B, network.Random).Encode());
        }

        int sent = lan.SentCount;
        await Task.Delay(TimeSpan.FromMilliseconds(100), network.Clock);

        // Ten were looked at, and so ten were answered.
        Assert.InRange(lan.SentCount - sent, 1, 20);
    });

    [Fact]
    public Task Whoever_moves_to_another_address_is_found_there_within_a_second() => RunAsync(async (network, lan) =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        SimulatedLan.Host host = lan.Join(B);
        await using LanDiscovery first = Start(network, lan.Join(A), a, 1_001);
        await using LanDiscovery second = Start(network, host, b, 1_002);
        await Task.Delay(TimeSpan.FromSeconds(10), network.Clock);
        TimeSpan start = network.Now;
        host.Move(Elsewhere);

        LanSighting sighting;
        do
        {
            sighting = (await first.ReceiveAsync())!;
        }
        while (!sighting.EndPoint.Address.Equals(Elsewhere));

        Assert.InRange(network.Now - start, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    });

    [Fact]
    public Task A_new_contact_is_announced_at_once() => RunAsync(async (network, lan) =>
    {
        var a = new TestDevice(0, 0);
        var b = new TestDevice(1, 0);
        await using LanDiscovery first = Start(network, lan.Join(A), a, 1_001);
        await using LanDiscovery second = Start(network, lan.Join(B), b, 1_002);
        await Task.Delay(TimeSpan.FromSeconds(10), network.Clock);
        TimeSpan start = network.Now;
        b.Meet(a);
        a.Meet(b);

        first.AnnounceAnew();

        Assert.Equal(new IPEndPoint(A, 1_001), (await second.ReceiveAsync())!.EndPoint);
        Assert.InRange(network.Now - start, TimeSpan.Zero, TimeSpan.FromSeconds(1));
    });

    [Fact]
    public Task Disposed_it_sends_nothing_more() => RunAsync(async (network, lan) =>
    {
        (TestDevice a, TestDevice _) = TestDevice.Friends();
        LanDiscovery discovery = Start(network, lan.Join(A), a, 1_001);
        await Task.Delay(TimeSpan.FromSeconds(3), network.Clock);
        Task<LanSighting?> sighting = discovery.ReceiveAsync().AsTask();

        await discovery.DisposeAsync();

        int sent = lan.SentCount;
        await Task.Delay(TimeSpan.FromMinutes(3), network.Clock);
        Assert.Equal(sent, lan.SentCount);
        Assert.Null(await sighting);
    });

    private static LanDiscovery Start(SimulatedNetwork network, ILanNetwork lan, TestDevice device, int port) => new(
        lan, new LanOptions { Clock = network.Clock, Random = network.Random, Wakes = network, ListenPort = port }, () => [.. device.Known]);

    private static async Task RunAsync(Func<SimulatedNetwork, SimulatedLan, Task> scenario)
    {
        await using var harness = new SimulatedHarness(new SimulatedLink { JitterMs = 3 });
        await harness.RunAsync(() => scenario(harness.Network, new SimulatedLan(harness.Network)));
    }
}
