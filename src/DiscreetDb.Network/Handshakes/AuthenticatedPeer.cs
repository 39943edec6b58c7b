using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// A connection whose other end has proved which device it is. The stream of the handshake stays open, for what concerns the whole
/// connection. Disposing closes it.
/// </summary>
internal sealed class AuthenticatedPeer(
    IPeerConnection connection, DeviceCertificate certificate, PeerSecret secret, SecretBytes connectionSecret, IPeerStream controlStream, FrameReader controlReader)
    : IAsyncDisposable
{
    public IPeerConnection Connection { get; } = connection;

    public DeviceCertificate Certificate { get; } = certificate;

    /// <summary>What the two share, and so how they know each other.</summary>
    public PeerSecret Secret { get; } = secret;

    /// <summary>32 bytes that only the two ends of this connection know.</summary>
    public SecretBytes ConnectionSecret { get; } = connectionSecret;

    /// <summary>The stream the handshake was made on.</summary>
    public IPeerStream ControlStream { get; } = controlStream;

    /// <summary>Reads its frames from where the handshake ended.</summary>
    public FrameReader ControlReader { get; } = controlReader;

    /// <summary>Version of the protocol both speak.</summary>
    public required byte Version { get; init; }

    /// <summary>What both can do beyond it.</summary>
    public required ulong Features { get; init; }

    /// <summary>Largest frame the peer takes.</summary>
    public required int MaxFrameSizeBytes { get; init; }

    public Uid Device => Certificate.Device;

    public VerifyingKey User => Certificate.Root;

    public ValueTask DisposeAsync() => CloseAsync(CloseCode.Closed);

    public async ValueTask CloseAsync(CloseCode code)
    {
        await Connection.CloseAsync(code).ConfigureAwait(false);
        ConnectionSecret.Dispose();
    }
}
