using System.Buffers;
using DiscreetDb.Core;

namespace DiscreetDb.Network;

/// <summary>
/// Frames on a stream between devices (schema/wire.md "Frames"): varint size of what follows, type, body. Refused: an empty frame, one
/// larger than the reader allows, a size not in its shortest form. The size is judged before anything is allocated for it.
/// </summary>
internal static class FrameCodec
{
    /// <summary>Size and type of the largest frame.</summary>
    public const int MaxHeaderSizeBytes = MaxSizeSizeBytes + 1;
    private const int MaxSizeSizeBytes = 4;

    /// <summary>
    /// Reads size and type. <see cref="OperationStatus.NeedMoreData" />: not whole yet; <see cref="OperationStatus.InvalidData" />: no
    /// frame this reader takes.
    /// </summary>
    public static OperationStatus DecodeHeader(ReadOnlySpan<byte> bytes, int maxSizeBytes, out byte type, out int headerSizeBytes, out int bodySizeBytes)
    {
        type = 0;
        headerSizeBytes = 0;
        bodySizeBytes = 0;
        int size = 0;
        for (int i = 0; i < MaxSizeSizeBytes; i++)
        {
            if (i == bytes.Length)
            {
                return OperationStatus.NeedMoreData;
            }

            size |= (bytes[i] & 0x7F) << (7 * i);
            if (bytes[i] >= 0x80)
            {
                continue;
            }

            bool isShortest = i == 0 || bytes[i] != 0;
            if (!isShortest || size == 0 || size > maxSizeBytes)
            {
                return OperationStatus.InvalidData;
            }

            if (i + 1 == bytes.Length)
            {
                return OperationStatus.NeedMoreData;
            }

            type = bytes[i + 1];
            headerSizeBytes = i + 2;
            bodySizeBytes = size - 1;
            return OperationStatus.Done;
        }

        return OperationStatus.InvalidData;
    }

    public static void Encode(WireWriter writer, FrameType type, ReadOnlySpan<byte> body)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(body.Length, Limits.FrameSizeBytes);
        writer.WriteVarUInt((ulong)body.Length + 1);
        writer.WriteByte((byte)type);
        writer.WriteRaw(body);
    }

    public static byte[] Encode(FrameType type, ReadOnlySpan<byte> body)
    {
        using var writer = new WireWriter(MaxHeaderSizeBytes + body.Length);
        Encode(writer, type, body);
        return writer.ToArray();
    }
}
