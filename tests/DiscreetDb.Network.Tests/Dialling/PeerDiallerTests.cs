using System.Net;
using DiscreetDb.Network.Tests.Handshakes;
using DiscreetDb.Network.Tests.Simulation;

namespace DiscreetDb.Network.Tests.Dialling;

public sealed class PeerDiallerTests
{
    [Fact]
    public Task Whoever_answers_but_cannot_prove_who_it_is_does_not_win() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        IPeerTransport own = harness.CreateTransport();
        IPeerTransport impostor = harness.CreateTransport();
        IPeerTransport real = harness.CreateTransport();
        Task<HandshakeResult> refused = AcceptAsync(impostor, new TestDevice(2, 0));
        Task<HandshakeResult> accepted = AcceptAsync(real, b);
        var dialler = new PeerDialler(a.Options, [own], harness.Network.Clock, harness.Network);
        IPEndPoint[] addresses = [harness.FindEmptyAddress(), impostor.LocalEndPoint, real.LocalEndPoint];

        AuthenticatedPeer? peer = await dialler.DialAsync(addresses, a.Known);

        Assert.Equal(real.LocalEndPoint, peer!.Connection.RemoteEndPoint);
        Assert.Equal(b.Certificate.Device, peer.Device);
        Assert.Equal(HandshakeFault.UnknownPeer, (await refused).Fault);
        Assert.NotNull((await accepted).Peer);
    });

    [Fact]
    public Task Nobody_there_is_nobody() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice _) = TestDevice.Friends();
        var dialler = new PeerDialler(a.Options, [harness.CreateTransport()], harness.Network.Clock, harness.Network);

        Assert.Null(await dialler.DialAsync([harness.FindEmptyAddress(), harness.FindEmptyAddress()], a.Known));
    });

    private static async Task<HandshakeResult> AcceptAsync(IPeerTransport transport, TestDevice device) =>
        await Handshake.AcceptAsync(device.Options, (await transport.AcceptAsync())!);

    private static async Task RunAsync(Func<SimulatedHarness, Task> scenario)
    {
        await using var harness = new SimulatedHarness(new SimulatedLink());
        await harness.RunAsync(() => scenario(harness));
    }
}
