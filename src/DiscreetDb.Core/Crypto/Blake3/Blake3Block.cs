using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DiscreetDb.Core;

/// <summary>
/// The compression function on one block of one input. On x86 the four rows of the state are vectors, so that a short input
/// is fast too; elsewhere it is the kernel with a single lane.
/// </summary>
internal static unsafe class Blake3Block
{
    /// <summary>
    /// Replaces the chaining value in the first eight of sixteen words; the other eight get the second half of the output.
    /// </summary>
    public static void Compress(uint* state, byte* block, uint blockSize, ulong counter, uint flags)
    {
        if (Sse41.IsSupported)
        {
            CompressRows(state, (uint*)block, blockSize, counter, flags);
            return;
        }

        CompressPortable(state, block, blockSize, counter, flags);
    }

    [SkipLocalsInit]
    public static void CompressPortable(uint* state, byte* block, uint blockSize, ulong counter, uint flags)
    {
        uint* message = stackalloc uint[Blake3.BlockWordCount];
        Blake3Lanes1.LoadBlocks(&block, message);
        Blake3Kernel.Compress<uint, Blake3Lanes1>(state, message, (uint)counter, (uint)(counter >> 32), blockSize, flags);
    }

    /// <summary>Copies less than a block and fills it up with zeros.</summary>
    public static void Pad(byte* input, uint size, byte* block)
    {
        new Span<byte>(block, Blake3.BlockSizeBytes).Clear();
        new ReadOnlySpan<byte>(input, (int)size).CopyTo(new Span<byte>(block, Blake3.BlockSizeBytes));
    }

    private static void CompressRows(uint* state, uint* block, uint blockSize, ulong counter, uint flags)
    {
        Vector128<uint> row0 = Vector128.Load(state);
        Vector128<uint> row1 = Vector128.Load(state + 4);
        Vector128<uint> row2 = Vector128.Create(Blake3.Iv0, Blake3.Iv1, Blake3.Iv2, Blake3.Iv3);
        Vector128<uint> row3 = Vector128.Create((uint)counter, (uint)(counter >> 32), blockSize, flags);
        Vector128<uint> low = row0;
        Vector128<uint> high = row1;

        Vector128<uint> m0 = Vector128.Load(block);
        Vector128<uint> m1 = Vector128.Load(block + 4);
        Vector128<uint> m2 = Vector128.Load(block + 8);
        Vector128<uint> m3 = Vector128.Load(block + 12);

        // The even and odd words of each half, turned by one where the diagonals begin.
        Vector128<uint> x0 = Shuffle2(m0, m1, 0b10_00_10_00);
        Vector128<uint> y0 = Shuffle2(m0, m1, 0b11_01_11_01);
        Vector128<uint> x1 = Sse2.Shuffle(Shuffle2(m2, m3, 0b10_00_10_00), 0b10_01_00_11);
        Vector128<uint> y1 = Sse2.Shuffle(Shuffle2(m2, m3, 0b11_01_11_01), 0b10_01_00_11);
        Round(ref row0, ref row1, ref row2, ref row3, x0, y0, x1, y1);

        for (int round = 1; round < Blake3.RoundCount; round++)
        {
            m0 = x0;
            m1 = y0;
            m2 = x1;
            m3 = y1;
            x0 = Sse2.Shuffle(Shuffle2(m0, m1, 0b11_01_01_10), 0b00_11_10_01);
            Vector128<uint> ends = Sse2.Shuffle(m0, 0b00_00_11_11);
            y0 = Sse41.Blend(ends.AsUInt16(), Shuffle2(m2, m3, 0b11_11_10_10).AsUInt16(), 0xCC).AsUInt32();
            Vector128<uint> pairs = Sse2.UnpackLow(m3.AsUInt64(), m1.AsUInt64()).AsUInt32();
            x1 = Sse2.Shuffle(Sse41.Blend(pairs.AsUInt16(), m2.AsUInt16(), 0xC0).AsUInt32(), 0b01_11_10_00);
            y1 = Sse2.Shuffle(Sse2.UnpackLow(m2, Sse2.UnpackHigh(m1, m3)), 0b00_01_11_10);
            Round(ref row0, ref row1, ref row2, ref row3, x0, y0, x1, y1);
        }

        (row0 ^ row2).Store(state);
        (row1 ^ row3).Store(state + 4);
        (row2 ^ low).Store(state + 8);
        (row3 ^ high).Store(state + 12);
    }

    // Columns, then diagonals: row 1 stays, the other rows turn under it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector128<uint> row0,
        ref Vector128<uint> row1,
        ref Vector128<uint> row2,
        ref Vector128<uint> row3,
        Vector128<uint> x0,
        Vector128<uint> y0,
        Vector128<uint> x1,
        Vector128<uint> y1)
    {
        Mix(ref row0, ref row1, ref row2, ref row3, x0, y0);
        row0 = Sse2.Shuffle(row0, 0b10_01_00_11);
        row3 = Sse2.Shuffle(row3, 0b01_00_11_10);
        row2 = Sse2.Shuffle(row2, 0b00_11_10_01);
        Mix(ref row0, ref row1, ref row2, ref row3, x1, y1);
        row0 = Sse2.Shuffle(row0, 0b00_11_10_01);
        row3 = Sse2.Shuffle(row3, 0b01_00_11_10);
        row2 = Sse2.Shuffle(row2, 0b10_01_00_11);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(
        ref Vector128<uint> a,
        ref Vector128<uint> b,
        ref Vector128<uint> c,
        ref Vector128<uint> d,
        Vector128<uint> x,
        Vector128<uint> y)
    {
        a = a + x + b;
        d = Blake3Lanes4.RotateRight16(d ^ a);
        c += d;
        b = Blake3Lanes4.RotateRight12(b ^ c);
        a = a + y + b;
        d = Blake3Lanes4.RotateRight8(d ^ a);
        c += d;
        b = Blake3Lanes4.RotateRight7(b ^ c);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<uint> Shuffle2(Vector128<uint> left, Vector128<uint> right, [ConstantExpected] byte control) =>
        Sse.Shuffle(left.AsSingle(), right.AsSingle(), control).AsUInt32();
}
