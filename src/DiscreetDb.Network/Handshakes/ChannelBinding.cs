using System.Security.Cryptography;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// The proofs and tags of a handshake, all bound to the two certificates of the connection: what was made for one connection is worth
/// nothing on another, whoever carries it there (schema/wire.md "Handshake").
/// </summary>
internal readonly struct ChannelBinding(Hash256 diallerCertificate, Hash256 listenerCertificate)
{
    public static ChannelBinding Of(IPeerConnection connection) => connection.Role == ConnectionRole.Dialler
        ? new ChannelBinding(connection.LocalCertificateHash, connection.RemoteCertificateHash)
        : new ChannelBinding(connection.RemoteCertificateHash, connection.LocalCertificateHash);

    /// <summary>p1: the dialler knows the secret.</summary>
    public Hash256 DialProof(PeerSecret secret, ReadOnlySpan<byte> nonce)
    {
        using var writer = new WireWriter();
        writer.WriteRaw("dial"u8);
        Write(writer);
        writer.WriteRaw(nonce);
        return Mac(secret, writer);
    }

    /// <summary>p2: the listener knows it too, and has seen p1.</summary>
    public Hash256 AnswerProof(PeerSecret secret, Hash256 dialProof, ReadOnlySpan<byte> nonce)
    {
        using var writer = new WireWriter();
        writer.WriteRaw("answer"u8);
        writer.WriteHash(dialProof);
        Write(writer);
        writer.WriteRaw(nonce);
        return Mac(secret, writer);
    }

    /// <summary>The network the sender belongs to.</summary>
    public byte[] NetworkTag(ReadOnlySpan<byte> networkKey, ConnectionRole sender, ReadOnlySpan<byte> nonce)
    {
        using var writer = new WireWriter();
        writer.WriteByte((byte)sender);
        Write(writer);
        writer.WriteRaw(nonce);
        Span<byte> mac = stackalloc byte[Blake3.HashSizeBytes];
        Blake3.KeyedHash(networkKey, writer.Written, mac);
        return mac[..Hello.TagSizeBytes].ToArray();
    }

    public bool IsNetworkTag(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> networkKey, ConnectionRole sender, ReadOnlySpan<byte> nonce) =>
        CryptographicOperations.FixedTimeEquals(tag, NetworkTag(networkKey, sender, nonce));

    public void Write(WireWriter writer)
    {
        writer.WriteHash(diallerCertificate);
        writer.WriteHash(listenerCertificate);
    }

    private static Hash256 Mac(PeerSecret secret, WireWriter message)
    {
        Span<byte> mac = stackalloc byte[Blake3.HashSizeBytes];
        secret.Authenticate(message.Written, mac);
        return new Hash256(mac);
    }
}
