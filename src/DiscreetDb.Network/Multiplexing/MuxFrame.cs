using System.Buffers;

namespace DiscreetDb.Network;

/// <summary>
/// Frames of the multiplexer, laid out in schema/wire.md "Streams over TLS": type, then up to three variable integers, then the
/// bytes of a data frame. Refused: unknown types, integers beyond 62 bits or not in their shortest form, data larger than a
/// frame may be or empty without being the last.
/// </summary>
internal readonly ref struct MuxFrame
{
    public const byte Version = 1;
    public const int MaxDataSizeBytes = 16 * 1024;
    public const long MaxNumber = (1L << 62) - 1;

    /// <summary>Type and two integers, the second at most <see cref="MaxDataSizeBytes" />.</summary>
    public const int MaxDataHeaderSizeBytes = 1 + MaxNumberSizeBytes + 3;
    public const int MaxSizeBytes = MaxDataHeaderSizeBytes + MaxDataSizeBytes;

    /// <summary>Room for any frame without data.</summary>
    public const int MaxControlSizeBytes = 1 + (3 * MaxNumberSizeBytes);
    private const int MaxNumberSizeBytes = 9;

    private MuxFrame(MuxFrameType type, long first, long second, long third, ReadOnlySpan<byte> data)
    {
        Type = type;
        First = first;
        Second = second;
        Third = third;
        Data = data;
    }

    public MuxFrameType Type { get; }

    /// <summary>Stream, version, code of a close, or offset of every stream.</summary>
    public long First { get; }

    /// <summary>Size of the data, code, offset of the stream, or offset of the connection.</summary>
    public long Second { get; }

    /// <summary>Count of streams.</summary>
    public long Third { get; }

    public ReadOnlySpan<byte> Data { get; }

    /// <summary>
    /// Reads the first frame. <see cref="OperationStatus.NeedMoreData" />: it is not whole yet, and not wrong so far;
    /// <see cref="OperationStatus.InvalidData" />: nothing that follows can make it right.
    /// </summary>
    public static OperationStatus Decode(ReadOnlySpan<byte> bytes, out MuxFrame frame, out int size)
    {
        frame = default;
        size = 0;
        if (bytes.IsEmpty)
        {
            return OperationStatus.NeedMoreData;
        }

        var type = (MuxFrameType)bytes[0];
        int numberCount = NumberCount(type);
        if (numberCount < 0)
        {
            return OperationStatus.InvalidData;
        }

        int position = 1;
        Span<long> numbers = stackalloc long[3];
        for (int i = 0; i < numberCount; i++)
        {
            OperationStatus status = DecodeNumber(bytes, ref position, out numbers[i]);
            if (status != OperationStatus.Done)
            {
                return status;
            }
        }

        ReadOnlySpan<byte> data = default;
        if (type is MuxFrameType.Data or MuxFrameType.LastData)
        {
            long dataSize = numbers[1];
            if (dataSize > MaxDataSizeBytes || (dataSize == 0 && type == MuxFrameType.Data))
            {
                return OperationStatus.InvalidData;
            }

            if (bytes.Length - position < dataSize)
            {
                return OperationStatus.NeedMoreData;
            }

            data = bytes.Slice(position, (int)dataSize);
            position += data.Length;
        }

        frame = new MuxFrame(type, numbers[0], numbers[1], numbers[2], data);
        size = position;
        return OperationStatus.Done;
    }

    /// <summary>Writes a frame without data; answers its size.</summary>
    public static int Encode(Span<byte> destination, MuxFrameType type, long first = 0, long second = 0, long third = 0)
    {
        destination[0] = (byte)type;
        int size = 1;
        ReadOnlySpan<long> numbers = [first, second, third];
        foreach (long number in numbers[..NumberCount(type)])
        {
            size += EncodeNumber(destination[size..], number);
        }

        return size;
    }

    private static int NumberCount(MuxFrameType type) => type switch
    {
        MuxFrameType.Ping or MuxFrameType.Pong => 0,
        MuxFrameType.Preface or MuxFrameType.Close => 1,
        MuxFrameType.Data or MuxFrameType.LastData or MuxFrameType.Reset or MuxFrameType.Stop or MuxFrameType.StreamCredit => 2,
        MuxFrameType.Limits => 3,
        _ => -1,
    };

    private static OperationStatus DecodeNumber(ReadOnlySpan<byte> bytes, ref int position, out long number)
    {
        number = 0;
        for (int i = 0; i < MaxNumberSizeBytes; i++)
        {
            if (position == bytes.Length)
            {
                return OperationStatus.NeedMoreData;
            }

            byte part = bytes[position++];
            number |= (long)(part & 0x7F) << (7 * i);
            if (part < 0x80)
            {
                bool isShortest = i == 0 || part != 0;
                return isShortest && number <= MaxNumber ? OperationStatus.Done : OperationStatus.InvalidData;
            }
        }

        return OperationStatus.InvalidData;
    }

    private static int EncodeNumber(Span<byte> destination, long number)
    {
        int size = 0;
        for (; number >= 0x80; number >>= 7)
        {
            destination[size++] = (byte)(number | 0x80);
        }

        destination[size++] = (byte)number;
        return size;
    }
}
