using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// Who the sender is, and that it holds the key (schema/wire.md "Handshake"). Refused: a certificate in another form, anything left over. The
/// signatures are looked at by <see cref="HandshakeTranscript" /> and <see cref="DeviceCertificate.Verify" />.
/// </summary>
internal sealed record Auth(DeviceCertificate Certificate, ReadOnlyMemory<byte> Signature)
{
    public byte[] Encode()
    {
        using var writer = new WireWriter(DeviceCertificate.MaxSizeBytes + Ed25519.SignatureSizeBytes + 4);
        writer.WriteBlock(Certificate.Encoded.Span);
        writer.WriteRaw(Signature.Span);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> body, [NotNullWhen(true)] out Auth? auth)
    {
        auth = null;
        var reader = new WireReader(body);
        bool isRead =
            reader.TryReadBlock(DeviceCertificate.MaxSizeBytes, out ReadOnlySpan<byte> certificate)
            & reader.TryReadRaw(Ed25519.SignatureSizeBytes, out ReadOnlySpan<byte> signature);
        if (!isRead || !reader.IsComplete || !DeviceCertificate.TryDecode(certificate, out DeviceCertificate? decoded))
        {
            return false;
        }

        auth = new Auth(decoded, signature.ToArray());
        return true;
    }
}
