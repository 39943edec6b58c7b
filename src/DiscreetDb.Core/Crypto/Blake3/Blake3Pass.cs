namespace DiscreetDb.Core;

/// <summary>
/// What the inputs of one kernel call are: the key, the flags of every block, those added to an input's first and last
/// block, and the chunk counter of the first input and of each next one.
/// </summary>
internal readonly unsafe ref struct Blake3Pass
{
    public required uint* Key { get; init; }

    public required uint Flags { get; init; }

    public uint FirstBlockFlags { get; init; }

    public uint LastBlockFlags { get; init; }

    public ulong Counter { get; init; }

    public uint CounterStep { get; init; }

    /// <summary>The counter of an input.</summary>
    public ulong CounterOf(int input) => Counter + ((ulong)input * CounterStep);

    /// <summary>The flags of one block of an input.</summary>
    public uint FlagsOf(int block, int blockCount) =>
        Flags | (block == 0 ? FirstBlockFlags : 0) | (block == blockCount - 1 ? LastBlockFlags : 0);
}
