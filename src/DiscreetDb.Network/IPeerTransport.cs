using System.Net;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// One way to reach other devices: listens and dials. Connections are encrypted, and both ends know the hash of the
/// certificate the other holds the key of; certificates are made anew for each process and prove nothing else. Who the
/// other is, the handshake tells. All members may be called from any thread.
/// </summary>
internal interface IPeerTransport : IAsyncDisposable
{
    TransportKind Kind { get; }

    /// <summary>Where it listens; the port is the real one.</summary>
    IPEndPoint LocalEndPoint { get; }

    /// <summary>BLAKE3 of the own certificate, the same on every connection.</summary>
    Hash256 CertificateHash { get; }

    /// <summary>Datagrams on the socket that connections use; null where there is no such socket.</summary>
    IDatagramPort? Datagrams { get; }

    /// <summary>Connects. Ends only when the other end has taken the own certificate, or after the limit of a handshake.</summary>
    /// <exception cref="NetworkException">
    /// Unreachable, Refused, CertificateRefused, TimedOut; ConnectionClosed when this transport is closed.
    /// </exception>
    ValueTask<IPeerConnection> DialAsync(DialTarget target, CancellationToken cancellationToken = default);

    /// <summary>The next connection somebody dialled; null once the transport is closed. It waits to be admitted.</summary>
    ValueTask<IPeerConnection?> AcceptAsync(CancellationToken cancellationToken = default);
}
