using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DiscreetDb.Core;

/// <summary>
/// Hashes independent inputs of at most one chunk each, as many at a time as the processor's vectors have lanes: the chunks
/// of a long input, pairs of chaining values, or many short inputs. Inputs may differ in size; a lane whose input has
/// ended keeps its value while the others go on.
/// </summary>
internal static unsafe class Blake3Kernel
{
    // Row r is the message permutation applied r times (BLAKE3 paper, table 2).
    private static ReadOnlySpan<byte> Schedule =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8,
        3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1,
        10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6,
        12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4,
        9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7,
        11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13,
    ];

    private static bool IsWide512 => Vector512.IsHardwareAccelerated && Avx512F.IsSupported;

    /// <summary>Writes the eight words of each input's chaining value.</summary>
    public static void Hash(byte** inputs, int* sizes, int count, in Blake3Pass pass, uint* chainingValues)
    {
        int first = 0;
        if (IsWide512)
        {
            first = HashGroups<Vector512<uint>, Blake3Lanes16>(inputs, sizes, first, count, Blake3Lanes8.Count, pass, chainingValues);
        }

        if (Avx2.IsSupported)
        {
            first = HashGroups<Vector256<uint>, Blake3Lanes8>(inputs, sizes, first, count, Blake3Lanes4.Count, pass, chainingValues);
        }

        if (Vector128.IsHardwareAccelerated)
        {
            first = HashGroups<Vector128<uint>, Blake3Lanes4>(inputs, sizes, first, count, Blake3Lanes4.Count / 2, pass, chainingValues);
        }

        for (; first < count; first++)
        {
            HashOne(inputs[first], sizes[first], first, pass, chainingValues + (first * Blake3.ChainingWordCount));
        }
    }

    /// <summary>
    /// Hashes inputs from <paramref name="first" /> on, a vector of them at a time, as long as more than
    /// <paramref name="leave" /> remain (fewer are cheaper in narrower vectors); returns the first input not hashed.
    /// </summary>
    public static int HashGroups<TVector, TLanes>(
        byte** inputs, int* sizes, int first, int count, int leave, in Blake3Pass pass, uint* chainingValues)
        where TVector : unmanaged
        where TLanes : IBlake3Lanes<TVector>
    {
        while (count - first > leave)
        {
            int size = Math.Min(TLanes.Count, count - first);
            uint* values = chainingValues + (first * Blake3.ChainingWordCount);
            HashGroup<TVector, TLanes>(inputs + first, sizes + first, first, size, pass, values);
            first += size;
        }

        return first;
    }

    /// <summary>
    /// The compression function on one block of every lane: the chaining values are replaced. With a single lane the second
    /// half of the output follows them, which the extendable output needs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Compress<TVector, TLanes>(
        TVector* cv, TVector* m, TVector counterLow, TVector counterHigh, TVector size, TVector flags)
        where TVector : unmanaged
        where TLanes : IBlake3Lanes<TVector>
    {
        TVector v0 = cv[0], v1 = cv[1], v2 = cv[2], v3 = cv[3], v4 = cv[4], v5 = cv[5], v6 = cv[6], v7 = cv[7];
        TVector v8 = TLanes.Create(Blake3.Iv0), v9 = TLanes.Create(Blake3.Iv1);
        TVector v10 = TLanes.Create(Blake3.Iv2), v11 = TLanes.Create(Blake3.Iv3);
        TVector v12 = counterLow, v13 = counterHigh, v14 = size, v15 = flags;

        fixed (byte* schedule = Schedule)
        {
            for (byte* s = schedule; s < schedule + Schedule.Length; s += Blake3.BlockWordCount)
            {
                Mix<TVector, TLanes>(ref v0, ref v4, ref v8, ref v12, m + s[0], m + s[1]);
                Mix<TVector, TLanes>(ref v1, ref v5, ref v9, ref v13, m + s[2], m + s[3]);
                Mix<TVector, TLanes>(ref v2, ref v6, ref v10, ref v14, m + s[4], m + s[5]);
                Mix<TVector, TLanes>(ref v3, ref v7, ref v11, ref v15, m + s[6], m + s[7]);
                Mix<TVector, TLanes>(ref v0, ref v5, ref v10, ref v15, m + s[8], m + s[9]);
                Mix<TVector, TLanes>(ref v1, ref v6, ref v11, ref v12, m + s[10], m + s[11]);
                Mix<TVector, TLanes>(ref v2, ref v7, ref v8, ref v13, m + s[12], m + s[13]);
                Mix<TVector, TLanes>(ref v3, ref v4, ref v9, ref v14, m + s[14], m + s[15]);
            }
        }

        if (TLanes.Count == 1)
        {
            cv[8] = TLanes.Xor(cv[0], v8);
            cv[9] = TLanes.Xor(cv[1], v9);
            cv[10] = TLanes.Xor(cv[2], v10);
            cv[11] = TLanes.Xor(cv[3], v11);
            cv[12] = TLanes.Xor(cv[4], v12);
            cv[13] = TLanes.Xor(cv[5], v13);
            cv[14] = TLanes.Xor(cv[6], v14);
            cv[15] = TLanes.Xor(cv[7], v15);
        }

        cv[0] = TLanes.Xor(v0, v8);
        cv[1] = TLanes.Xor(v1, v9);
        cv[2] = TLanes.Xor(v2, v10);
        cv[3] = TLanes.Xor(v3, v11);
        cv[4] = TLanes.Xor(v4, v12);
        cv[5] = TLanes.Xor(v5, v13);
        cv[6] = TLanes.Xor(v6, v14);
        cv[7] = TLanes.Xor(v7, v15);
    }

    // Message words are named by address, to be added where they lie: there are no registers left for them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix<TVector, TLanes>(ref TVector a, ref TVector b, ref TVector c, ref TVector d, TVector* x, TVector* y)
        where TVector : unmanaged
        where TLanes : IBlake3Lanes<TVector>
    {
        a = TLanes.Add(TLanes.Add(a, *x), b);
        d = TLanes.RotateRight16(TLanes.Xor(d, a));
        c = TLanes.Add(c, d);
        b = TLanes.RotateRight12(TLanes.Xor(b, c));
        a = TLanes.Add(TLanes.Add(a, *y), b);
        d = TLanes.RotateRight8(TLanes.Xor(d, a));
        c = TLanes.Add(c, d);
        b = TLanes.RotateRight7(TLanes.Xor(b, c));
    }

    [SkipLocalsInit]
    private static void HashGroup<TVector, TLanes>(
        byte** inputs, int* sizes, int index, int count, in Blake3Pass pass, uint* chainingValues)
        where TVector : unmanaged
        where TLanes : IBlake3Lanes<TVector>
    {
        // Vectors stand at multiples of their size, so that no load crosses a cache line.
        nuint alignment = (nuint)sizeof(TVector) - 1;
        byte* area = stackalloc byte[((2 * Blake3.BlockWordCount) + Blake3.ChainingWordCount + 1) * sizeof(TVector)];
        TVector* message = (TVector*)(((nuint)area + alignment) & ~alignment);
        TVector* cv = message + Blake3.BlockWordCount;
        TVector* next = cv + Blake3.ChainingWordCount;
        for (int word = 0; word < Blake3.ChainingWordCount; word++)
        {
            cv[word] = TLanes.Create(pass.Key[word]);
        }

        byte* laneArea = stackalloc byte[Blake3LaneInputs.SizeBytes(TLanes.Count)];
        var lanes = new Blake3LaneInputs(laneArea, TLanes.Count, inputs, sizes, count);
        lanes.SetCounters(pass, index);
        for (int block = 0; block < lanes.BlockCount; block++)
        {
            lanes.MoveTo(block, pass);
            TLanes.LoadBlocks(lanes.Blocks, message);
            new ReadOnlySpan<TVector>(cv, Blake3.ChainingWordCount).CopyTo(new Span<TVector>(next, Blake3.ChainingWordCount));
            Compress<TVector, TLanes>(
                next,
                message,
                TLanes.Load(lanes.CounterLow),
                TLanes.Load(lanes.CounterHigh),
                TLanes.Load(lanes.BlockSize),
                TLanes.Load(lanes.Flags));
            TVector active = TLanes.Load(lanes.Active);
            for (int word = 0; word < Blake3.ChainingWordCount; word++)
            {
                cv[word] = TLanes.Select(active, next[word], cv[word]);
            }
        }

        StoreFirst<TVector, TLanes>(cv, count, chainingValues);
    }

    [SkipLocalsInit]
    private static void StoreFirst<TVector, TLanes>(TVector* cv, int count, uint* chainingValues)
        where TVector : unmanaged
        where TLanes : IBlake3Lanes<TVector>
    {
        if (count == TLanes.Count)
        {
            TLanes.StoreChainingValues(cv, chainingValues);
            return;
        }

        uint* all = stackalloc uint[TLanes.Count * Blake3.ChainingWordCount];
        TLanes.StoreChainingValues(cv, all);
        int wordCount = count * Blake3.ChainingWordCount;
        new ReadOnlySpan<uint>(all, wordCount).CopyTo(new Span<uint>(chainingValues, wordCount));
    }

    [SkipLocalsInit]
    private static void HashOne(byte* input, int size, int index, in Blake3Pass pass, uint* chainingValue)
    {
        uint* state = stackalloc uint[Blake3.BlockWordCount];
        byte* padding = stackalloc byte[Blake3.BlockSizeBytes];
        Blake3Lanes1.StoreChainingValues(pass.Key, state);
        ulong counter = pass.CounterOf(index);
        int blockCount = Blake3LaneInputs.CountBlocks(size);
        for (int block = 0; block < blockCount; block++)
        {
            byte* bytes = Blake3LaneInputs.FindBlock(input, size, block, padding, out uint blockSize);
            Blake3Block.Compress(state, bytes, blockSize, counter, pass.FlagsOf(block, blockCount));
        }

        Blake3Lanes1.StoreChainingValues(state, chainingValue);
    }
}
