using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DiscreetDb.Core;

/// <summary>Four inputs at a time: 128-bit vectors.</summary>
internal readonly unsafe struct Blake3Lanes4 : IBlake3Lanes<Vector128<uint>>
{
    public static int Count => Vector128<uint>.Count;

    public static Vector128<uint> Create(uint word) => Vector128.Create(word);

    public static Vector128<uint> Load(uint* words) => Vector128.Load(words);

    public static Vector128<uint> Add(Vector128<uint> left, Vector128<uint> right) => left + right;

    public static Vector128<uint> Xor(Vector128<uint> left, Vector128<uint> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateRight16(Vector128<uint> value) =>
        Vector128.Shuffle(value.AsByte(), Vector128.Create((byte)2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateRight12(Vector128<uint> value) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(value, 12) : (value >>> 12) | (value << 20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateRight8(Vector128<uint> value) =>
        Vector128.Shuffle(value.AsByte(), Vector128.Create((byte)1, 2, 3, 0, 5, 6, 7, 4, 9, 10, 11, 8, 13, 14, 15, 12)).AsUInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<uint> RotateRight7(Vector128<uint> value) =>
        Avx512F.VL.IsSupported ? Avx512F.VL.RotateRight(value, 7) : (value >>> 7) | (value << 25);

    public static Vector128<uint> Select(Vector128<uint> mask, Vector128<uint> left, Vector128<uint> right) =>
        Vector128.ConditionalSelect(mask, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void LoadBlocks(byte** blocks, Vector128<uint>* words)
    {
        for (int quarter = 0; quarter < 4; quarter++)
        {
            int offset = quarter * sizeof(Vector128<uint>);
            Transpose(
                Vector128.Load((uint*)(blocks[0] + offset)),
                Vector128.Load((uint*)(blocks[1] + offset)),
                Vector128.Load((uint*)(blocks[2] + offset)),
                Vector128.Load((uint*)(blocks[3] + offset)),
                words + (quarter * 4));
        }
    }

    public static void StoreChainingValues(Vector128<uint>* words, uint* destination)
    {
        Vector128<uint>* columns = stackalloc Vector128<uint>[4];
        for (int half = 0; half < 2; half++)
        {
            Vector128<uint>* rows = words + (half * 4);
            Transpose(rows[0], rows[1], rows[2], rows[3], columns);
            for (int lane = 0; lane < 4; lane++)
            {
                columns[lane].Store(destination + (lane * Blake3.ChainingWordCount) + (half * 4));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(Vector128<uint> a, Vector128<uint> b, Vector128<uint> c, Vector128<uint> d, Vector128<uint>* columns)
    {
        Vector128<uint> acLow = Interleave(a, c, high: false);
        Vector128<uint> bdLow = Interleave(b, d, high: false);
        Vector128<uint> acHigh = Interleave(a, c, high: true);
        Vector128<uint> bdHigh = Interleave(b, d, high: true);
        columns[0] = Interleave(acLow, bdLow, high: false);
        columns[1] = Interleave(acLow, bdLow, high: true);
        columns[2] = Interleave(acHigh, bdHigh, high: false);
        columns[3] = Interleave(acHigh, bdHigh, high: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Interleave(Vector128<uint> left, Vector128<uint> right, bool high)
    {
        if (Sse2.IsSupported)
        {
            return high ? Sse2.UnpackHigh(left, right) : Sse2.UnpackLow(left, right);
        }

        if (AdvSimd.Arm64.IsSupported)
        {
            return high ? AdvSimd.Arm64.ZipHigh(left, right) : AdvSimd.Arm64.ZipLow(left, right);
        }

        return high
            ? Vector128.Create(left[2], right[2], left[3], right[3])
            : Vector128.Create(left[0], right[0], left[1], right[1]);
    }
}
