using System.Buffers;
using System.Buffers.Binary;
using System.Text.Unicode;

namespace DiscreetDb.Core;

/// <summary>
/// Writes the canonical encodings of <c>schema/wire.md</c> into one growing pooled buffer: little-endian integers, LEB128
/// variable integers, length-prefixed bytes. <see cref="WireReader" /> refuses everything this cannot have written.
/// </summary>
internal sealed class WireWriter(int capacity = WireWriter.DefaultCapacity) : IBufferWriter<byte>, IDisposable
{
    private const int DefaultCapacity = 256;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written so far.</summary>
    public int Size { get; private set; }

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Size);

    /// <summary>A part already written, to be filled in later.</summary>
    public Span<byte> WrittenSlice(int start, int size) => _buffer.AsSpan(0, Size).Slice(start, size);

    public byte[] ToArray() => Written.ToArray();

    public void Clear() => Size = 0;

    /// <summary>Takes back everything after the first <paramref name="size" /> bytes.</summary>
    public void Truncate(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        Size = size;
    }

    public void WriteByte(byte value) => Reserve(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Reserve(sizeof(ushort)), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), value);

    /// <summary>LEB128: seven bits a byte, least significant first.</summary>
    public void WriteVarUInt(ulong value)
    {
        Span<byte> destination = GetSpan(WireReader.MaxVarIntSizeBytes);
        int size = 0;
        while (value >= 0x80)
        {
            destination[size++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[size++] = (byte)value;
        Advance(size);
    }

    /// <summary>Zigzag, then LEB128: small magnitudes of either sign are short.</summary>
    public void WriteVarInt(long value) => WriteVarUInt((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>The bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>The number of bytes, then the bytes.</summary>
    public void WriteBlock(ReadOnlySpan<byte> bytes)
    {
        WriteVarUInt((ulong)bytes.Length);
        WriteRaw(bytes);
    }

    /// <summary>A block of UTF-8.</summary>
    public void WriteText(ReadOnlySpan<char> text)
    {
        int size = System.Text.Encoding.UTF8.GetByteCount(text);
        WriteVarUInt((ulong)size);
        Utf8.FromUtf16(text, Reserve(size), out _, out _);
    }

    public void WriteUid(Uid uid) => uid.CopyTo(Reserve(Uid.SizeBytes));

    public void WriteHash(Hash256 hash) => hash.CopyTo(Reserve(Hash256.SizeBytes));

    public void WriteHlc(Hlc hlc) => WriteUInt64(hlc.Value);

    /// <summary>The kind as a byte, then what the kind needs.</summary>
    public void WriteValue(in Value value)
    {
        WriteByte((byte)value.Kind);
        switch (value.Kind)
        {
            case ValueKind.Null:
                return;
            case ValueKind.Boolean:
                WriteByte(value.AsBoolean ? (byte)1 : (byte)0);
                return;
            case ValueKind.Integer:
                WriteVarInt(value.AsInteger);
                return;
            case ValueKind.Float:
                WriteUInt64(BitConverter.DoubleToUInt64Bits(value.AsFloat));
                return;
            case ValueKind.Reference:
                WriteRaw(value.AsBytes.Span);
                return;
            default:
                WriteBlock(value.AsBytes.Span);
                return;
        }
    }

    /// <summary>The next bytes, counted as written, to be filled by the caller before the next write.</summary>
    public Span<byte> Reserve(int size)
    {
        Span<byte> span = GetSpan(size)[..size];
        Size += size;
        return span;
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - Size);
        Size += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _buffer.AsMemory(Size);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        EnsureFree(sizeHint);
        return _buffer.AsSpan(Size);
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        Size = 0;
        if (buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void EnsureFree(int sizeHint)
    {
        if (_buffer.Length - Size < Math.Max(sizeHint, 1))
        {
            Grow(sizeHint);
        }
    }

    private void Grow(int sizeHint)
    {
        int wanted = checked(Size + Math.Max(sizeHint, 1));
        byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(wanted, (int)Math.Min(2L * _buffer.Length, Array.MaxLength)));
        Written.CopyTo(larger);
        byte[] old = _buffer;
        _buffer = larger;
        if (old.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(old);
        }
    }
}
