using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// The certificate of this process: a new ECDSA P-256 key, self-signed. It gives a connection two keys to be bound to and
/// nothing else: no name, no date, nothing that is the same next time.
/// </summary>
internal sealed class TlsIdentity : IDisposable
{
    // RFC 5280 §4.1.2.5: the date for "does not expire". Clocks of peers decide nothing.
    private static readonly DateTimeOffset NotBefore = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset NotAfter = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
    private const int SerialSizeBytes = 16;

    /// <summary>A certificate as above has some 300 bytes.</summary>
    private const int MaxCertificateSizeBytes = 2_048;
    private const string EcPublicKeyOid = "1.2.840.10045.2.1";

    private readonly X509Certificate2 _certificate;

    private TlsIdentity(X509Certificate2 certificate)
    {
        _certificate = certificate;
        Hash = HashOf(certificate);
        Context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
    }

    public Hash256 Hash { get; }

    public SslStreamCertificateContext Context { get; }

    public static TlsIdentity Create(IRandomSource random)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=discreet", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        byte[] serial = new byte[SerialSizeBytes];
        random.Fill(serial);
        serial[0] = (byte)((serial[0] & 0x7F) | 1);
        using X509Certificate2 bare = request.Create(request.SubjectName, X509SignatureGenerator.CreateForECDsa(key), NotBefore, NotAfter, serial);
        using X509Certificate2 withKey = bare.CopyWithPrivateKey(key);

        // Through PKCS #12, as SslStream on Windows cannot use a key that lives only in memory.
        return new TlsIdentity(X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null));
    }

    /// <summary>BLAKE3 of its DER encoding.</summary>
    public static Hash256 HashOf(X509Certificate certificate) => Blake3.Hash(certificate.GetRawCertData());

    /// <summary>Whether it is of the kind that <see cref="Create" /> makes; the holder of its key is at the other end.</summary>
    public static bool IsAcceptable(X509Certificate? certificate) =>
        certificate is not null
        && certificate.GetRawCertData().Length <= MaxCertificateSizeBytes
        && certificate.GetKeyAlgorithm() == EcPublicKeyOid;

    public void Dispose() => _certificate.Dispose();
}
