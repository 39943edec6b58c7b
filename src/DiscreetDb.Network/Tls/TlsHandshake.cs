#pragma warning disable CA5398 // Nothing older is ever spoken, and something newer is another version of this protocol.
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// TLS 1.3 on a connected socket, either side: certificates from both, no resumption, nothing fetched from anywhere, the one
/// application protocol.
/// </summary>
internal static class TlsHandshake
{
    private static readonly SslApplicationProtocol Protocol = new("discreet/1");

    /// <exception cref="NetworkException">CertificateRefused.</exception>
    public static async Task<TlsConnection> DialAsync(
        Socket socket, DialTarget target, TlsIdentity identity, TransportOptions options, CancellationToken cancellationToken)
    {
        bool isCertificateRefused = false;
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = "", // No name is sent: there is none.
                    ClientCertificateContext = identity.Context,
                    EnabledSslProtocols = SslProtocols.Tls13,
                    ApplicationProtocols = [Protocol],
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    CertificateChainPolicy = NoChain(),
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    {
                        bool isAccepted = TlsIdentity.IsAcceptable(certificate) && IsExpected(TlsIdentity.HashOf(certificate!), target, options);
                        isCertificateRefused = !isAccepted;
                        return isAccepted;
                    },
                },
                cancellationToken).ConfigureAwait(false);
            return Create(socket, stream, ConnectionRole.Dialler, identity, options, options.Clock.GetTimestamp());
        }
        catch (Exception failure)
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            if (isCertificateRefused)
            {
                throw new NetworkException(NetworkFault.CertificateRefused, $"{target.EndPoint} does not hold the key of the certificate.", innerException: failure);
            }

            throw;
        }
    }

    public static async Task<TlsConnection> ListenAsync(
        Socket socket, TlsIdentity identity, TransportOptions options, long start, CancellationToken cancellationToken)
    {
        var stream = new SslStream(new NetworkStream(socket, ownsSocket: true), leaveInnerStreamOpen: false);
        try
        {
            await stream.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificateContext = identity.Context,
                    ClientCertificateRequired = true,
                    EnabledSslProtocols = SslProtocols.Tls13,
                    ApplicationProtocols = [Protocol],
                    AllowTlsResume = false,
                    AllowRenegotiation = false,
                    CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
                    CertificateChainPolicy = NoChain(),
                    RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                        TlsIdentity.IsAcceptable(certificate) && options.AcceptsCertificate(TlsIdentity.HashOf(certificate!)),
                },
                cancellationToken).ConfigureAwait(false);
            return Create(socket, stream, ConnectionRole.Listener, identity, options, start);
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static TlsConnection Create(
        Socket socket, SslStream stream, ConnectionRole role, TlsIdentity identity, TransportOptions options, long start)
    {
        // Without the protocol's name it is somebody else's program.
        if (stream.NegotiatedApplicationProtocol != Protocol || stream.RemoteCertificate is not { } certificate)
        {
            throw new NetworkException(NetworkFault.ProtocolViolation, "The other end does not speak this protocol.");
        }

        return new TlsConnection(socket, stream, role, identity.Hash, TlsIdentity.HashOf(certificate), options, start);
    }

    private static bool IsExpected(Hash256 hash, DialTarget target, TransportOptions options) =>
        (target.CertificateHash is not { } expected || expected == hash) && options.AcceptsCertificate(hash);

    // The certificate stands for itself; whoever shows one must not make this machine fetch others.
    private static X509ChainPolicy NoChain() => new()
    {
        DisableCertificateDownloads = true,
        RevocationMode = X509RevocationMode.NoCheck,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        VerificationFlags = X509VerificationFlags.AllFlags,
        VerificationTimeIgnored = true,
    };
}
