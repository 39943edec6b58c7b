using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// What a dialler says first (schema/wire.md "Handshake"). It has to look like noise to whoever shares no secret: proofs for everybody it
/// might have reached, filled up with random ones to a power of two, in the order of their bytes. Refused: versions out of
/// order, a frame size no device works with, a number of proofs that is none of these, proofs out of order or double, anything left over.
/// </summary>
internal sealed record Hello(
    byte MinVersion, byte MaxVersion, ReadOnlyMemory<byte> NetworkTag, ReadOnlyMemory<byte> Nonce, ulong Features, int FrameSizeBytes, IReadOnlyList<Hash256> Proofs)
{
    public const byte Version = 1;
    public const int TagSizeBytes = 16;
    public const int NonceSizeBytes = 32;
    public const int MaxProofCount = Limits.ProofCount;

    /// <summary>Every device takes frames at least this large.</summary>
    public const int MinFrameSizeBytes = 64 * 1024;

    /// <summary>No device says it takes larger ones: this version has none.</summary>
    public const int MaxFrameSizeBytes = Limits.FrameSizeBytes;

    public byte[] Encode()
    {
        using var writer = new WireWriter(64 + TagSizeBytes + NonceSizeBytes + (Proofs.Count * Hash256.SizeBytes));
        writer.WriteByte(MinVersion);
        writer.WriteByte(MaxVersion);
        writer.WriteRaw(NetworkTag.Span);
        writer.WriteRaw(Nonce.Span);
        writer.WriteVarUInt(Features);
        writer.WriteVarUInt((ulong)FrameSizeBytes);
        writer.WriteVarUInt((ulong)Proofs.Count);
        foreach (Hash256 proof in Proofs)
        {
            writer.WriteHash(proof);
        }

        return writer.ToArray();
    }

    public static bool TryDecode(ReadOnlySpan<byte> body, [NotNullWhen(true)] out Hello? hello)
    {
        hello = null;
        var reader = new WireReader(body);
        bool isRead =
            reader.TryReadByte(out byte minVersion)
            & reader.TryReadByte(out byte maxVersion)
            & reader.TryReadRaw(TagSizeBytes, out ReadOnlySpan<byte> tag)
            & reader.TryReadRaw(NonceSizeBytes, out ReadOnlySpan<byte> nonce)
            & reader.TryReadVarUInt(out ulong features)
            & reader.TryReadVarUInt(out ulong frameSize)
            & reader.TryReadCount(MaxProofCount, Hash256.SizeBytes, out int count);
        if (!isRead || minVersion == 0 || minVersion > maxVersion || !IsFrameSize(frameSize) || !int.IsPow2(count))
        {
            return false;
        }

        var proofs = new Hash256[count];
        for (int i = 0; i < count; i++)
        {
            if (!reader.TryReadHash(out proofs[i]) || (i > 0 && proofs[i].CompareTo(proofs[i - 1]) <= 0))
            {
                return false;
            }
        }

        if (!reader.IsComplete)
        {
            return false;
        }

        hello = new Hello(minVersion, maxVersion, tag.ToArray(), nonce.ToArray(), features, (int)frameSize, proofs);
        return true;
    }

    public static bool IsFrameSize(ulong size) => size is >= MinFrameSizeBytes and <= MaxFrameSizeBytes;
}
