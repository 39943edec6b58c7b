using static DiscreetDb.Network.Tests.Handshakes.HandshakeLab;

namespace DiscreetDb.Network.Tests.Handshakes;

public sealed class DeviceConnectionsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Two_that_dialled_each_other_keep_the_same_connection(bool isFirstFirstAtOne) => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        Outcome byA = await ShakeAsync(harness, a, b);
        Outcome byB = await ShakeAsync(harness, b, a);
        var atA = new DeviceConnections(a.Certificate.Device);
        var atB = new DeviceConnections(b.Certificate.Device);

        // Each in the order in which it may learn of them.
        AuthenticatedPeer[] ofA = [byA.Dialled.Peer!, byB.Accepted.Peer!];
        AuthenticatedPeer[] ofB = isFirstFirstAtOne ? [byB.Dialled.Peer!, byA.Accepted.Peer!] : [byA.Accepted.Peer!, byB.Dialled.Peer!];
        AddAll(atA, ofA);
        AddAll(atB, ofB);

        Outcome kept = a.Certificate.Device < b.Certificate.Device ? byA : byB;
        Assert.Contains(Assert.Single(atA.Peers), new[] { kept.Dialled.Peer, kept.Accepted.Peer });
        Assert.Contains(Assert.Single(atB.Peers), new[] { kept.Dialled.Peer, kept.Accepted.Peer });
    });

    [Fact]
    public Task A_device_that_dials_again_replaces_its_connection() => RunAsync(async harness =>
    {
        (TestDevice a, TestDevice b) = TestDevice.Friends();
        AuthenticatedPeer first = (await ShakeAsync(harness, a, b)).Accepted.Peer!;
        AuthenticatedPeer second = (await ShakeAsync(harness, a, b)).Accepted.Peer!;
        var connections = new DeviceConnections(b.Certificate.Device);

        Assert.True(connections.TryAdd(first, out _));
        Assert.True(connections.TryAdd(second, out AuthenticatedPeer? replaced));

        Assert.Same(first, replaced);
        connections.Remove(first);
        Assert.True(connections.IsConnected(a.Certificate.Device));
        connections.Remove(second);
        Assert.Empty(connections.Peers);
    });

    private static void AddAll(DeviceConnections connections, AuthenticatedPeer[] peers)
    {
        foreach (AuthenticatedPeer peer in peers)
        {
            connections.TryAdd(peer, out _);
        }
    }
}
