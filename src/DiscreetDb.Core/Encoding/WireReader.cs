using System.Buffers.Binary;
using System.Text.Unicode;

namespace DiscreetDb.Core;

/// <summary>
/// Reads what <see cref="WireWriter" /> wrote (<c>schema/wire.md</c>), from bytes that may come from anybody. Never
/// throws, checks every length before using it, and accepts one encoding per value only: over-long variable integers,
/// −0.0, non-finite floats, invalid UTF-8, texts with U+0000 and JSON that is not minified are refused. After the first
/// failure every further read fails, so a decoder may look at the outcome once, at its end (<see cref="IsComplete" />).
/// </summary>
internal ref struct WireReader
{
    public const int MaxVarIntSizeBytes = 10;

    private readonly ReadOnlySpan<byte> _bytes;
    private readonly ReadOnlyMemory<byte> _memory;

    /// <summary>Reads from a span; values with bytes are copied.</summary>
    public WireReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
    }

    /// <summary>Reads from memory; values with bytes are slices of it, which the caller keeps alive and unchanged.</summary>
    public WireReader(ReadOnlyMemory<byte> memory)
    {
        _bytes = memory.Span;
        _memory = memory;
    }

    /// <summary>Whether some read was refused.</summary>
    public bool Failed { get; private set; }

    public int Position { get; private set; }

    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>Whether everything was read and nothing refused.</summary>
    public readonly bool IsComplete => !Failed && Remaining == 0;

    /// <summary>Everything from the beginning to the position.</summary>
    public readonly ReadOnlySpan<byte> Consumed => _bytes[..Position];

    /// <summary>Refuses the input for a reason of the caller's.</summary>
    public bool Fail()
    {
        Failed = true;
        return false;
    }

    public bool TryReadByte(out byte value)
    {
        bool isRead = TryReadRaw(1, out ReadOnlySpan<byte> bytes);
        value = isRead ? bytes[0] : default;
        return isRead;
    }

    public bool TryReadBoolean(out bool value)
    {
        value = false;
        if (!TryReadByte(out byte number))
        {
            return false;
        }

        value = number == 1;
        return number <= 1 || Fail();
    }

    public bool TryReadUInt16(out ushort value)
    {
        bool isRead = TryReadRaw(sizeof(ushort), out ReadOnlySpan<byte> bytes);
        value = isRead ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : default;
        return isRead;
    }

    public bool TryReadUInt32(out uint value)
    {
        bool isRead = TryReadRaw(sizeof(uint), out ReadOnlySpan<byte> bytes);
        value = isRead ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : default;
        return isRead;
    }

    public bool TryReadUInt64(out ulong value)
    {
        bool isRead = TryReadRaw(sizeof(ulong), out ReadOnlySpan<byte> bytes);
        value = isRead ? BinaryPrimitives.ReadUInt64LittleEndian(bytes) : default;
        return isRead;
    }

    /// <summary>LEB128 in its shortest form only.</summary>
    public bool TryReadVarUInt(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < MaxVarIntSizeBytes * 7; shift += 7)
        {
            if (!TryReadByte(out byte part))
            {
                value = 0;
                return false;
            }

            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return IsCanonicalEnd(part, shift) || FailVarInt(out value);
            }
        }

        return FailVarInt(out value);
    }

    public bool TryReadVarInt(out long value)
    {
        bool isRead = TryReadVarUInt(out ulong number);
        value = (long)(number >> 1) ^ -(long)(number & 1);
        return isRead;
    }

    /// <summary>
    /// A number of items that follow: refused above <paramref name="maxCount" />, and when the rest of the input cannot
    /// hold so many of at least <paramref name="minItemSizeBytes" />, so that a caller may allocate by it.
    /// </summary>
    public bool TryReadCount(int maxCount, int minItemSizeBytes, out int count)
    {
        count = 0;
        if (!TryReadVarUInt(out ulong number))
        {
            return false;
        }

        if (number > (ulong)maxCount || (long)number * minItemSizeBytes > Remaining)
        {
            return Fail();
        }

        count = (int)number;
        return true;
    }

    /// <summary>So many bytes as they are.</summary>
    public bool TryReadRaw(int sizeBytes, out ReadOnlySpan<byte> bytes)
    {
        if (Failed || (uint)sizeBytes > (uint)Remaining)
        {
            bytes = default;
            return Fail();
        }

        bytes = _bytes.Slice(Position, sizeBytes);
        Position += sizeBytes;
        return true;
    }

    /// <summary>A length and so many bytes.</summary>
    public bool TryReadBlock(int maxSizeBytes, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryReadCount(maxSizeBytes, 1, out int size) && TryReadRaw(size, out bytes);
    }

    /// <summary>A block of valid UTF-8 without U+0000.</summary>
    public bool TryReadText(int maxSizeBytes, out ReadOnlySpan<byte> utf8)
    {
        if (!TryReadBlock(maxSizeBytes, out utf8))
        {
            return false;
        }

        if (IsText(utf8))
        {
            return true;
        }

        utf8 = default;
        return Fail();
    }

    public bool TryReadUid(out Uid uid)
    {
        bool isRead = TryReadRaw(Uid.SizeBytes, out ReadOnlySpan<byte> bytes);
        uid = isRead ? new Uid(bytes) : default;
        return isRead;
    }

    public bool TryReadHash(out Hash256 hash)
    {
        bool isRead = TryReadRaw(Hash256.SizeBytes, out ReadOnlySpan<byte> bytes);
        hash = isRead ? new Hash256(bytes) : default;
        return isRead;
    }

    public bool TryReadHlc(out Hlc hlc)
    {
        bool isRead = TryReadUInt64(out ulong value);
        hlc = new Hlc(value);
        return isRead;
    }

    /// <summary>One typed value; bytes beyond <see cref="Limits.RowSizeBytes" /> are refused.</summary>
    public bool TryReadValue(out Value value)
    {
        value = default;
        if (!TryReadByte(out byte kind))
        {
            return false;
        }

        return (ValueKind)kind switch
        {
            ValueKind.Null => true,
            ValueKind.Boolean => TryReadBooleanValue(out value),
            ValueKind.Integer => TryReadIntegerValue(out value),
            ValueKind.Float => TryReadFloatValue(out value),
            ValueKind.Text or ValueKind.Bytes or ValueKind.Json => TryReadBlockValue((ValueKind)kind, out value),
            ValueKind.Reference => TryReadReferenceValue(out value),
            _ => Fail(),
        };
    }

    private static bool IsText(ReadOnlySpan<byte> utf8) => Utf8.IsValid(utf8) && !utf8.Contains((byte)0);

    // The last byte of a longer form is not zero, and the tenth byte has one significant bit.
    private static bool IsCanonicalEnd(byte last, int shift) => shift switch
    {
        0 => true,
        (MaxVarIntSizeBytes - 1) * 7 => last == 1,
        _ => last != 0,
    };

    private bool FailVarInt(out ulong value)
    {
        value = 0;
        return Fail();
    }

    private bool TryReadBooleanValue(out Value value)
    {
        bool isRead = TryReadBoolean(out bool boolean);
        value = isRead ? Value.Boolean(boolean) : default;
        return isRead;
    }

    private bool TryReadIntegerValue(out Value value)
    {
        bool isRead = TryReadVarInt(out long number);
        value = isRead ? Value.Integer(number) : default;
        return isRead;
    }

    private bool TryReadFloatValue(out Value value)
    {
        value = default;
        if (!TryReadUInt64(out ulong bits))
        {
            return false;
        }

        double number = BitConverter.UInt64BitsToDouble(bits);
        if (!double.IsFinite(number) || (number == 0 && bits != 0))
        {
            return Fail();
        }

        value = Value.Float(number);
        return true;
    }

    private bool TryReadReferenceValue(out Value value)
    {
        bool isRead = TryReadUid(out Uid target);
        value = isRead ? Value.Reference(target) : default;
        return isRead;
    }

    private bool TryReadBlockValue(ValueKind kind, out Value value)
    {
        value = default;
        if (!TryReadBlock(Limits.RowSizeBytes, out ReadOnlySpan<byte> bytes))
        {
            return false;
        }

        switch (kind)
        {
            case ValueKind.Text when IsText(bytes):
                value = Value.Text(Keep(bytes));
                return true;
            case ValueKind.Json when JsonText.IsMinified(bytes):
                value = Value.Json(Keep(bytes));
                return true;
            case ValueKind.Bytes:
                value = Value.Bytes(Keep(bytes));
                return true;
            default:
                return Fail();
        }
    }

    // The bytes just read, as memory that outlives the reader.
    private readonly ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> bytes) =>
        _memory.IsEmpty ? bytes.ToArray() : _memory.Slice(Position - bytes.Length, bytes.Length);
}
