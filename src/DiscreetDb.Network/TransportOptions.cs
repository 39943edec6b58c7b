using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>What every transport takes from outside, and its bounds.</summary>
internal sealed record TransportOptions
{
    /// <summary>Every deadline follows it.</summary>
    public required TimeProvider Clock { get; init; }

    /// <summary>Serial numbers and nonces; keys of certificates are the operating system's.</summary>
    public required IRandomSource Random { get; init; }

    /// <summary>Whether to go on with whoever shows this certificate; default: anybody, the handshake decides.</summary>
    public Func<Hash256, bool> AcceptsCertificate { get; init; } = static _ => true;

    /// <summary>Connections not yet admitted, in all.</summary>
    public int HalfOpenCount { get; init; } = Limits.HalfOpenCount;

    /// <summary>Connections not yet admitted from one address (IPv6: one /64).</summary>
    public int HalfOpenPerAddressCount { get; init; } = Limits.HalfOpenPerAddressCount;

    /// <summary>Connections others dialled, in all.</summary>
    public int ConnectionCount { get; init; } = Limits.ConnectionCount;

    /// <summary>Streams a peer may have open at once.</summary>
    public int StreamCount { get; init; } = Limits.StreamCount;

    /// <summary>Bytes a peer may send on a stream before they are read.</summary>
    public int StreamWindowSizeBytes { get; init; } = Limits.StreamWindowSizeBytes;

    /// <summary>Bytes a peer may send on all its streams before they are read.</summary>
    public int ConnectionWindowSizeBytes { get; init; } = Limits.ConnectionWindowSizeBytes;

    /// <summary>A sign of life is sent when nothing else was for so long.</summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromMilliseconds(Limits.KeepAliveMs);

    /// <summary>A connection from which nothing came for so long is gone.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMilliseconds(Limits.IdleMs);

    /// <summary>From the first packet to <see cref="IPeerConnection.Admit" />.</summary>
    public TimeSpan HandshakeTime { get; init; } = TimeSpan.FromMilliseconds(Limits.HandshakeMs);
}
