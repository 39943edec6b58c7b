using System.Net;

namespace DiscreetDb.Network;

/// <summary>
/// Reaches a peer by whatever transport gets through: QUIC at once, TLS over TCP after 300 ms or as soon as UDP is known to fail, each
/// address a little after the one before it. What counts is who has proved to be there, not who answers first.
/// </summary>
internal sealed class PeerDialler(HandshakeOptions handshake, IReadOnlyList<IPeerTransport> transports, TimeProvider clock, IWakes wakes)
{
    /// <summary>Addresses of one peer that are tried; more are not kept either.</summary>
    public const int MaxAddressCount = AddressBook.MaxAddressCount;

    private static readonly TimeSpan TlsDelay = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan AddressDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>Who was reached and has proved it; null when nobody was.</summary>
    /// <param name="addresses">Best first.</param>
    /// <param name="secrets">Of whom may be there; one where it is known whom.</param>
    /// <param name="cancellationToken">Ends all attempts.</param>
    public Task<AuthenticatedPeer?> DialAsync(
        IReadOnlyList<IPEndPoint> addresses, IReadOnlyList<PeerSecret> secrets, CancellationToken cancellationToken = default)
    {
        IEnumerable<DialAttempt<AuthenticatedPeer>> attempts =
            from address in addresses.Take(MaxAddressCount).Select((endPoint, index) => (EndPoint: endPoint, Index: index))
            from transport in transports
            select new DialAttempt<AuthenticatedPeer>(
                (AddressDelay * address.Index) + (transport.Kind == TransportKind.Tls ? TlsDelay : TimeSpan.Zero),
                token => AttemptAsync(transport, address.EndPoint, secrets, token));
        return DialRace<AuthenticatedPeer>.RunAsync(attempts, clock, wakes, cancellationToken);
    }

    private async Task<AuthenticatedPeer?> AttemptAsync(
        IPeerTransport transport, IPEndPoint address, IReadOnlyList<PeerSecret> secrets, CancellationToken cancellationToken)
    {
        IPeerConnection connection = await transport.DialAsync(new DialTarget(address), cancellationToken).ConfigureAwait(false);
        HandshakeResult result = await Handshake.DialAsync(handshake, connection, secrets, cancellationToken).ConfigureAwait(false);
        return result.Peer;
    }
}
