using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DiscreetDb.Core;

/// <summary>Eight inputs at a time: 256-bit vectors.</summary>
internal readonly unsafe struct Blake3Lanes8 : IBlake3Lanes<Vector256<uint>>
{
    public static int Count => Vector256<uint>.Count;

    public static Vector256<uint> Create(uint word) => Vector256.Create(word);

    public static Vector256<uint> Load(uint* words) => Vector256.Load(words);

    public static Vector256<uint> Add(Vector256<uint> left, Vector256<uint> right) => left + right;

    public static Vector256<uint> Xor(Vector256<uint> left, Vector256<uint> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight16(Vector256<uint> value)
    {
        Vector128<byte> half = Vector128.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
        return Avx2.IsSupported
            ? Avx2.Shuffle(value.AsByte(), Vector256.Create(half, half)).AsUInt32()
            : (value >>> 16) | (value << 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight12(Vector256<uint> value) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(value, 12) : (value >>> 12) | (value << 20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight8(Vector256<uint> value)
    {
        Vector128<byte> half = Vector128.Create((byte)1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12);
        return Avx2.IsSupported
            ? Avx2.Shuffle(value.AsByte(), Vector256.Create(half, half)).AsUInt32()
            : (value >>> 8) | (value << 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateRight7(Vector256<uint> value) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(value, 7) : (value >>> 7) | (value << 25);

    public static Vector256<uint> Select(Vector256<uint> mask, Vector256<uint> left, Vector256<uint> right) =>
        Vector256.ConditionalSelect(mask, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadBlocks(byte** blocks, Vector256<uint>* words)
    {
        LoadHalfBlocks(blocks, 0, words);
        LoadHalfBlocks(blocks, sizeof(Vector256<uint>), words + 8);
    }

    public static void StoreChainingValues(Vector256<uint>* words, uint* destination)
    {
        Transpose(words, (Vector256<uint>*)destination);
    }

    /// <summary>Eight vectors of eight words: rows become columns. Source and destination may be the same.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(Vector256<uint>* rows, Vector256<uint>* columns)
    {
        if (!Avx2.IsSupported)
        {
            TransposeWords((uint*)rows, (uint*)columns);
            return;
        }

        Vector256<uint> ab0145 = Avx2.UnpackLow(rows[0], rows[1]);
        Vector256<uint> ab2367 = Avx2.UnpackHigh(rows[0], rows[1]);
        Vector256<uint> cd0145 = Avx2.UnpackLow(rows[2], rows[3]);
        Vector256<uint> cd2367 = Avx2.UnpackHigh(rows[2], rows[3]);
        Vector256<uint> ef0145 = Avx2.UnpackLow(rows[4], rows[5]);
        Vector256<uint> ef2367 = Avx2.UnpackHigh(rows[4], rows[5]);
        Vector256<uint> gh0145 = Avx2.UnpackLow(rows[6], rows[7]);
        Vector256<uint> gh2367 = Avx2.UnpackHigh(rows[6], rows[7]);

        StoreColumns(UnpackLow64(ab0145, cd0145), UnpackLow64(ef0145, gh0145), columns + 0);
        StoreColumns(UnpackHigh64(ab0145, cd0145), UnpackHigh64(ef0145, gh0145), columns + 1);
        StoreColumns(UnpackLow64(ab2367, cd2367), UnpackLow64(ef2367, gh2367), columns + 2);
        StoreColumns(UnpackHigh64(ab2367, cd2367), UnpackHigh64(ef2367, gh2367), columns + 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LoadHalfBlocks(byte** blocks, int offset, Vector256<uint>* words)
    {
        for (int lane = 0; lane < 8; lane++)
        {
            words[lane] = Vector256.Load((uint*)(blocks[lane] + offset));
        }

        Transpose(words, words);
    }

    // The low halves are one column of all eight rows, the high halves the column four further on.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumns(Vector256<uint> abcd, Vector256<uint> efgh, Vector256<uint>* columns)
    {
        Vector256.Create(abcd.GetLower(), efgh.GetLower()).Store((uint*)columns);
        Vector256.Create(abcd.GetUpper(), efgh.GetUpper()).Store((uint*)(columns + 4));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> UnpackLow64(Vector256<uint> left, Vector256<uint> right) =>
        Avx2.UnpackLow(left.AsUInt64(), right.AsUInt64()).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> UnpackHigh64(Vector256<uint> left, Vector256<uint> right) =>
        Avx2.UnpackHigh(left.AsUInt64(), right.AsUInt64()).AsUInt32();

    private static void TransposeWords(uint* rows, uint* columns)
    {
        uint* copy = stackalloc uint[64];
        for (int row = 0; row < 8; row++)
        {
            for (int column = 0; column < 8; column++)
            {
                copy[(column * 8) + row] = rows[(row * 8) + column];
            }
        }

        new ReadOnlySpan<uint>(copy, 64).CopyTo(new Span<uint>(columns, 64));
    }
}
