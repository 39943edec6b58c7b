using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// What a listener answers that has found a proof it knows (schema/wire.md "Handshake"). Refused: a frame size no device works with, anything
/// left over.
/// </summary>
internal sealed record HelloAnswer(
    byte Version, ReadOnlyMemory<byte> NetworkTag, ReadOnlyMemory<byte> Nonce, ulong Features, int FrameSizeBytes, Hash256 Proof)
{
    public byte[] Encode()
    {
        using var writer = new WireWriter();
        writer.WriteByte(Version);
        writer.WriteRaw(NetworkTag.Span);
        writer.WriteRaw(Nonce.Span);
        writer.WriteVarUInt(Features);
        writer.WriteVarUInt((ulong)FrameSizeBytes);
        writer.WriteHash(Proof);
        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> body, [NotNullWhen(true)] out HelloAnswer? answer)
    {
        answer = null;
        var reader = new WireReader(body);
        bool isRead =
            reader.TryReadByte(out byte version)
            & reader.TryReadRaw(Hello.TagSizeBytes, out ReadOnlySpan<byte> tag)
            & reader.TryReadRaw(Hello.NonceSizeBytes, out ReadOnlySpan<byte> nonce)
            & reader.TryReadVarUInt(out ulong features)
            & reader.TryReadVarUInt(out ulong frameSize)
            & reader.TryReadHash(out Hash256 proof);
        if (!isRead || !reader.IsComplete || !Hello.IsFrameSize(frameSize))
        {
            return false;
        }

        answer = new HelloAnswer(version, tag.ToArray(), nonce.ToArray(), features, (int)frameSize, proof);
        return true;
    }
}
