using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DiscreetDb.Core;

/// <summary>Sixteen inputs at a time: 512-bit vectors.</summary>
internal readonly unsafe struct Blake3Lanes16 : IBlake3Lanes<Vector512<uint>>
{
    public static int Count => Vector512<uint>.Count;

    public static Vector512<uint> Create(uint word) => Vector512.Create(word);

    public static Vector512<uint> Load(uint* words) => Vector512.Load(words);

    public static Vector512<uint> Add(Vector512<uint> left, Vector512<uint> right) => left + right;

    public static Vector512<uint> Xor(Vector512<uint> left, Vector512<uint> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight16(Vector512<uint> value) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(value, 16) : (value >>> 16) | (value << 16);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight12(Vector512<uint> value) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(value, 12) : (value >>> 12) | (value << 20);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight8(Vector512<uint> value) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(value, 8) : (value >>> 8) | (value << 24);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateRight7(Vector512<uint> value) =>
        Avx512F.IsSupported ? Avx512F.RotateRight(value, 7) : (value >>> 7) | (value << 25);

    public static Vector512<uint> Select(Vector512<uint> mask, Vector512<uint> left, Vector512<uint> right) =>
        Vector512.ConditionalSelect(mask, left, right);

    public static void LoadBlocks(byte** blocks, Vector512<uint>* words)
    {
        Vector256<uint>* low = stackalloc Vector256<uint>[Blake3.BlockWordCount];
        Vector256<uint>* high = stackalloc Vector256<uint>[Blake3.BlockWordCount];
        Blake3Lanes8.LoadBlocks(blocks, low);
        Blake3Lanes8.LoadBlocks(blocks + 8, high);
        for (int word = 0; word < Blake3.BlockWordCount; word++)
        {
            words[word] = Vector512.Create(low[word], high[word]);
        }
    }

    public static void StoreChainingValues(Vector512<uint>* words, uint* destination)
    {
        Vector256<uint>* low = stackalloc Vector256<uint>[Blake3.ChainingWordCount];
        Vector256<uint>* high = stackalloc Vector256<uint>[Blake3.ChainingWordCount];
        for (int word = 0; word < Blake3.ChainingWordCount; word++)
        {
            low[word] = words[word].GetLower();
            high[word] = words[word].GetUpper();
        }

        Blake3Lanes8.StoreChainingValues(low, destination);
        Blake3Lanes8.StoreChainingValues(high, destination + (8 * Blake3.ChainingWordCount));
    }
}
