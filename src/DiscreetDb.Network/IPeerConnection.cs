using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// A connection to one other process: bidirectional streams, opened by either end. All members may be called from any
/// thread. Disposing closes with <see cref="CloseCode.Closed" />.
/// </summary>
internal interface IPeerConnection : IAsyncDisposable
{
    TransportKind Kind { get; }

    ConnectionRole Role { get; }

    /// <summary>Where the other is; changes when its address does.</summary>
    IPEndPoint RemoteEndPoint { get; }

    Hash256 LocalCertificateHash { get; }

    Hash256 RemoteCertificateHash { get; }

    /// <summary>Ends when the connection has; never fails.</summary>
    Task<ConnectionEnd> Ended { get; }

    /// <summary>
    /// Says that the peer has proved who it is, which lifts the small bounds: until then it may open one stream and send
    /// <see cref="Limits.HandshakeSizeBytes" />, and the connection is cut after <see cref="Limits.HandshakeMs" />.
    /// </summary>
    void Admit();

    /// <summary>Opens a stream; waits while as many are open as the peer allows. The peer sees it with its first byte, its end or its abort.</summary>
    /// <exception cref="NetworkException">The connection has ended.</exception>
    ValueTask<IPeerStream> OpenStreamAsync(CancellationToken cancellationToken = default);

    /// <summary>The next stream the peer opened, in the order it opened them; null once the connection has ended.</summary>
    ValueTask<IPeerStream?> AcceptStreamAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the connection with a code the peer gets to see if it is there. What was not read by then may be lost. Idempotent.</summary>
    ValueTask CloseAsync(CloseCode code, CancellationToken cancellationToken = default);
}
