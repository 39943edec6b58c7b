using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>Both greetings as they crossed the wire, and the connection they crossed: what the signatures of a handshake are about.</summary>
internal sealed class HandshakeTranscript
{
    private readonly ChannelBinding _binding;
    private readonly Hash256 _greetings;

    /// <param name="binding">The connection.</param>
    /// <param name="hello">The whole frame of the dialler.</param>
    /// <param name="answer">The whole frame of the listener.</param>
    public HandshakeTranscript(ChannelBinding binding, ReadOnlySpan<byte> hello, ReadOnlySpan<byte> answer)
    {
        _binding = binding;
        Blake3.Hasher hasher = Blake3.Hasher.Create();
        hasher.Update(hello);
        hasher.Update(answer);
        _greetings = hasher.Finalize();
    }

    public Auth Sign(ConnectionRole role, DeviceCertificate certificate, SigningKey authKey)
    {
        byte[] signature = new byte[Ed25519.SignatureSizeBytes];
        DomainSignature.Sign(authKey, SignedKind.Handshake, Content(role, certificate), signature);
        return new Auth(certificate, signature);
    }

    /// <summary>Whether the holder of the certificate's key signed this transcript in this role.</summary>
    public bool IsSigned(ConnectionRole role, Auth auth) =>
        DomainSignature.Verify(auth.Certificate.AuthKey, SignedKind.Handshake, Content(role, auth.Certificate), auth.Signature.Span);

    /// <summary>A secret only the two ends of this connection know.</summary>
    public SecretBytes DeriveConnectionSecret(PeerSecret secret)
    {
        using var writer = new WireWriter();
        writer.WriteHash(_greetings);
        _binding.Write(writer);
        return secret.DeriveSecret("discreet v1 connection", writer.Written);
    }

    private byte[] Content(ConnectionRole role, DeviceCertificate certificate)
    {
        using var writer = new WireWriter();
        writer.WriteByte((byte)role);
        writer.WriteHash(_greetings);
        _binding.Write(writer);
        writer.WriteHash(certificate.Hash);
        return writer.ToArray();
    }
}
