using DiscreetDb.Network.Tests.Contract;
using DiscreetDb.Network.Tests.Simulation;

namespace DiscreetDb.Network.Tests.Handshakes;

/// <summary>Handshakes over connections of a simulated network, run to their end.</summary>
internal static class HandshakeLab
{
    /// <summary>What came of a handshake, and what each side wrote.</summary>
    public sealed record Outcome(HandshakeResult Dialled, HandshakeResult Accepted, List<byte[]> DiallerWrites, List<byte[]> ListenerWrites, ConnectionPair Pair);

    public static Task<Outcome> ShakeAsync(
        TransportHarness harness,
        TestDevice dialler,
        TestDevice listener,
        IReadOnlyList<PeerSecret>? secrets = null,
        Func<int, byte[], byte[]>? alterDialler = null,
        Func<int, byte[], byte[]>? alterListener = null) =>
        ShakeAsync(
            harness,
            (connection, _) => Handshake.DialAsync(dialler.Options, connection, secrets ?? dialler.Known),
            (connection, _) => Handshake.AcceptAsync(listener.Options, connection),
            alterDialler,
            alterListener);

    public static async Task<Outcome> ShakeAsync(
        TransportHarness harness,
        Func<IPeerConnection, ConnectionPair, Task<HandshakeResult>> dial,
        Func<IPeerConnection, ConnectionPair, Task<HandshakeResult>> accept,
        Func<int, byte[], byte[]>? alterDialler = null,
        Func<int, byte[], byte[]>? alterListener = null)
    {
        ConnectionPair pair = await harness.ConnectAsync(harness.CreateTransport(), harness.CreateTransport());
        var dialler = new WatchedConnection(pair.Dialler, alterDialler);
        var listener = new WatchedConnection(pair.Listener, alterListener);
        Task<HandshakeResult> accepting = accept(listener, pair);
        HandshakeResult dialled = await dial(dialler, pair);
        return new Outcome(dialled, await accepting, dialler.Writes, listener.Writes, pair);
    }

    /// <summary>Runs a scenario in virtual time.</summary>
    public static async Task RunAsync(Func<TransportHarness, Task> scenario)
    {
        await using var harness = new SimulatedHarness(new SimulatedLink());
        await harness.RunAsync(() => scenario(harness));
    }
}
