using System.Numerics;

namespace DiscreetDb.Core;

/// <summary>One input at a time, on any processor: the portable fallback.</summary>
internal readonly unsafe struct Blake3Lanes1 : IBlake3Lanes<uint>
{
    public static int Count => 1;

    public static uint Create(uint word) => word;

    public static uint Load(uint* words) => *words;

    public static uint Add(uint left, uint right) => left + right;

    public static uint Xor(uint left, uint right) => left ^ right;

    public static uint RotateRight16(uint value) => BitOperations.RotateRight(value, 16);

    public static uint RotateRight12(uint value) => BitOperations.RotateRight(value, 12);

    public static uint RotateRight8(uint value) => BitOperations.RotateRight(value, 8);

    public static uint RotateRight7(uint value) => BitOperations.RotateRight(value, 7);

    public static uint Select(uint mask, uint left, uint right) => (left & mask) | (right & ~mask);

    public static void LoadBlocks(byte** blocks, uint* words) =>
        new ReadOnlySpan<uint>(blocks[0], Blake3.BlockWordCount).CopyTo(new Span<uint>(words, Blake3.BlockWordCount));

    public static void StoreChainingValues(uint* words, uint* destination) =>
        new ReadOnlySpan<uint>(words, Blake3.ChainingWordCount).CopyTo(new Span<uint>(destination, Blake3.ChainingWordCount));
}
