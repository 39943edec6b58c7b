namespace DiscreetDb.Network;

/// <summary>Who is there, or why the connection was closed.</summary>
/// <param name="Peer">Null when the handshake failed.</param>
/// <param name="Fault">Why, when it did.</param>
internal sealed record HandshakeResult(AuthenticatedPeer? Peer, HandshakeFault? Fault);
