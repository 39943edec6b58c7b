using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans.Grouping;

/// <summary>
/// The keys of a group as bytes: equal bytes are one group, and <see cref="Compare" /> is SQLite's order (null, numbers, texts and
/// bytes). Per key: a kind; of numbers eight bytes whose order is theirs; of texts and bytes their size and themselves.
/// </summary>
internal static class GroupKeys
{
    private const byte NullKind = 0;
    private const byte NumberKind = 1;
    private const byte BytesKind = 2;

    public static void Write(Statement row, ImmutableArray<GroupKey> keys, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        foreach (GroupKey key in keys)
        {
            if (row.IsNull(key.Column))
            {
                output.Write([NullKind]);
                continue;
            }

            switch (key.Kind)
            {
                case VariableKind.Boolean or VariableKind.Integer:
                    WriteNumber(row.GetInt64(key.Column), output);
                    break;
                case VariableKind.Float:
                    WriteNumber(ToOrdered(row.GetDouble(key.Column)), output);
                    break;
                case VariableKind.String:
                    WriteBytes(row.GetText(key.Column), output);
                    break;
                default:
                    WriteBytes(row.GetBlob(key.Column), output);
                    break;
            }
        }
    }

    /// <summary>Takes the first key off; null is false.</summary>
    public static bool TryReadNumber(ref ReadOnlySpan<byte> keys, out long value)
    {
        bool isNumber = keys[0] == NumberKind;
        value = isNumber ? BinaryPrimitives.ReadInt64BigEndian(keys[1..]) ^ long.MinValue : 0;
        keys = keys[(isNumber ? 1 + sizeof(long) : 1)..];
        return isNumber;
    }

    /// <inheritdoc cref="TryReadNumber" />
    public static bool TryReadFloat(ref ReadOnlySpan<byte> keys, out double value)
    {
        bool isNumber = TryReadNumber(ref keys, out long ordered);
        value = BitConverter.Int64BitsToDouble(ordered < 0 ? ordered ^ long.MaxValue : ordered);
        return isNumber;
    }

    /// <inheritdoc cref="TryReadNumber" />
    public static bool TryReadBytes(ref ReadOnlySpan<byte> keys, out ReadOnlySpan<byte> value)
    {
        bool isBytes = keys[0] == BytesKind;
        int size = isBytes ? BinaryPrimitives.ReadInt32BigEndian(keys[1..]) : 0;
        value = isBytes ? keys.Slice(1 + sizeof(int), size) : default;
        keys = keys[(isBytes ? 1 + sizeof(int) + size : 1)..];
        return isBytes;
    }

    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        while (!left.IsEmpty)
        {
            int order = left[0] != right[0] ? left[0] - right[0] : CompareFirst(ref left, ref right);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int CompareFirst(ref ReadOnlySpan<byte> left, ref ReadOnlySpan<byte> right)
    {
        if (left[0] == BytesKind)
        {
            TryReadBytes(ref left, out ReadOnlySpan<byte> leftBytes);
            TryReadBytes(ref right, out ReadOnlySpan<byte> rightBytes);
            return leftBytes.SequenceCompareTo(rightBytes);
        }

        TryReadNumber(ref left, out long leftNumber);
        TryReadNumber(ref right, out long rightNumber);
        return leftNumber.CompareTo(rightNumber);
    }

    /// <summary>An integer in the order of the floats; the two zeros are one.</summary>
    private static long ToOrdered(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value);
        return bits < 0 ? bits ^ long.MaxValue : bits;
    }

    private static void WriteNumber(long value, ArrayBufferWriter<byte> output)
    {
        Span<byte> bytes = output.GetSpan(1 + sizeof(long));
        bytes[0] = NumberKind;
        BinaryPrimitives.WriteInt64BigEndian(bytes[1..], value ^ long.MinValue);
        output.Advance(1 + sizeof(long));
    }

    private static void WriteBytes(ReadOnlySpan<byte> value, ArrayBufferWriter<byte> output)
    {
        Span<byte> bytes = output.GetSpan(1 + sizeof(int) + value.Length);
        bytes[0] = BytesKind;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], value.Length);
        value.CopyTo(bytes[(1 + sizeof(int))..]);
        output.Advance(1 + sizeof(int) + value.Length);
    }
}
