using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// Two devices prove to each other who they are, on the first stream of a new connection (schema/wire.md "Handshake"). Nobody is
/// told anything before they have shown that they share a secret with this device, and nobody's proof is worth anything on
/// another connection. Whatever goes wrong, the connection is closed and the peer does not learn why. Its bounds are those of a
/// connection that is not admitted: <see cref="Limits.HandshakeSizeBytes" /> and <see cref="Limits.HandshakeMs" />.
/// </summary>
internal sealed partial class Handshake
{
    private const int MaxFrameSizeBytes = Limits.HandshakeSizeBytes - 1_024;

    private readonly HandshakeOptions _options;
    private readonly IPeerConnection _connection;
    private readonly ChannelBinding _binding;
    private readonly byte[] _networkKey;

    private Handshake(HandshakeOptions options, IPeerConnection connection)
    {
        _options = options;
        _connection = connection;
        _binding = ChannelBinding.Of(connection);
        _networkKey = options.DeriveNetworkKey();
    }

    /// <summary>As the one who dialled.</summary>
    /// <param name="options">Who this device is.</param>
    /// <param name="connection">New; closed when the handshake fails.</param>
    /// <param name="secrets">Those of whom may be there; the first <see cref="Limits.ProofCount" /> are tried.</param>
    /// <param name="cancellationToken">Closes the connection.</param>
    public static Task<HandshakeResult> DialAsync(
        HandshakeOptions options, IPeerConnection connection, IReadOnlyList<PeerSecret> secrets, CancellationToken cancellationToken = default) =>
        RunAsync(connection, () => new Handshake(options, connection).DialAsync(secrets, cancellationToken));

    /// <summary>As the one who was dialled.</summary>
    public static Task<HandshakeResult> AcceptAsync(
        HandshakeOptions options, IPeerConnection connection, CancellationToken cancellationToken = default) =>
        RunAsync(connection, () => new Handshake(options, connection).AcceptAsync(cancellationToken));

    private static async Task<HandshakeResult> RunAsync(IPeerConnection connection, Func<Task<AuthenticatedPeer>> handshake)
    {
        HandshakeFault fault;
        try
        {
            return new HandshakeResult(await handshake().ConfigureAwait(false), null);
        }
        catch (HandshakeRefusal refusal)
        {
            fault = refusal.Fault;
        }
        catch (NetworkException)
        {
            fault = HandshakeFault.ConnectionEnded;
        }
        catch
        {
            await connection.CloseAsync(CloseCode.Closed).ConfigureAwait(false);
            throw;
        }

        await connection.CloseAsync(CloseCode.Closed).ConfigureAwait(false);
        return new HandshakeResult(null, fault);
    }

    private async Task<Frame> ReadAsync(FrameReader reader, FrameType type, CancellationToken cancellationToken)
    {
        Frame frame = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        return frame switch
        {
            { Status: FrameReadStatus.End } => throw new HandshakeRefusal(HandshakeFault.ConnectionEnded),
            { Status: FrameReadStatus.Frame } when frame.Type == type => frame,
            _ => throw new HandshakeRefusal(HandshakeFault.Malformed),
        };
    }

    private byte[] Nonce()
    {
        byte[] nonce = new byte[Hello.NonceSizeBytes];
        _options.Random.Fill(nonce);
        return nonce;
    }

    /// <summary>Everything that the other end's certificate must be; the peer, if it is.</summary>
    private void Judge(Auth auth, ConnectionRole role, HandshakeTranscript transcript, PeerSecret secret)
    {
        DeviceCertificate certificate = auth.Certificate;
        HandshakeFault? fault = !certificate.Verify() ? HandshakeFault.InvalidCertificate
            : !transcript.IsSigned(role, auth) ? HandshakeFault.InvalidSignature
            : secret.User is { } user && user != certificate.Root ? HandshakeFault.WrongUser
            : certificate.Device == _options.Certificate.Device ? HandshakeFault.SameDevice
            : !_options.Directory.Admits(certificate, secret) ? HandshakeFault.NotAdmitted
            : null;
        if (fault is { } found)
        {
            throw new HandshakeRefusal(found);
        }
    }

    private AuthenticatedPeer Admit(
        Auth auth, PeerSecret secret, HandshakeTranscript transcript, IPeerStream stream, FrameReader reader, byte version, ulong features, int frameSizeBytes)
    {
        _connection.Admit();
        reader.MaxSizeBytes = Limits.FrameSizeBytes;
        return new AuthenticatedPeer(_connection, auth.Certificate, secret, transcript.DeriveConnectionSecret(secret), stream, reader)
        {
            Version = version,
            Features = features & _options.Features,
            MaxFrameSizeBytes = frameSizeBytes,
        };
    }
}
