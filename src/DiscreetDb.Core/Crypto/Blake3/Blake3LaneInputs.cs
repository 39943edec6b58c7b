using System.Runtime.CompilerServices;

namespace DiscreetDb.Core;

/// <summary>
/// The inputs of one group, a lane each, at the block the kernel has come to: what every lane compresses next. Lanes beyond the
/// inputs repeat the last one. Lives in memory of its maker's stack.
/// </summary>
internal readonly unsafe ref struct Blake3LaneInputs
{
    private const int WordColumnCount = 5;

    private readonly int _laneCount;
    private readonly int _count;
    private readonly byte** _inputs;
    private readonly int* _sizes;
    private readonly byte* _padding;

    public Blake3LaneInputs(byte* area, int laneCount, byte** inputs, int* sizes, int count)
    {
        _laneCount = laneCount;
        _count = count;
        _inputs = inputs;
        _sizes = sizes;
        Blocks = (byte**)area;
        CounterLow = (uint*)(Blocks + laneCount);
        CounterHigh = CounterLow + laneCount;
        BlockSize = CounterHigh + laneCount;
        Flags = BlockSize + laneCount;
        Active = Flags + laneCount;
        _padding = (byte*)(Active + laneCount);
        for (int input = 0; input < count; input++)
        {
            BlockCount = Math.Max(BlockCount, CountBlocks(sizes[input]));
        }
    }

    /// <summary>Blocks of the longest input.</summary>
    public int BlockCount { get; }

    public byte** Blocks { get; }

    public uint* CounterLow { get; }

    public uint* CounterHigh { get; }

    public uint* BlockSize { get; }

    public uint* Flags { get; }

    /// <summary>All ones where the input has such a block, zero where it has ended.</summary>
    public uint* Active { get; }

    public static int SizeBytes(int laneCount) =>
        laneCount * (sizeof(byte*) + (WordColumnCount * sizeof(uint)) + Blake3.BlockSizeBytes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CountBlocks(int size) =>
        size == 0 ? 1 : (int)(((uint)size + Blake3.BlockSizeBytes - 1) / Blake3.BlockSizeBytes);

    /// <summary>A whole block where it stands, the rest of the input copied and filled up with zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* FindBlock(byte* input, int size, int block, byte* padding, out uint blockSize)
    {
        int start = block * Blake3.BlockSizeBytes;
        if (size - start >= Blake3.BlockSizeBytes)
        {
            blockSize = Blake3.BlockSizeBytes;
            return input + start;
        }

        blockSize = (uint)(size - start);
        Blake3Block.Pad(input + start, blockSize, padding);
        return padding;
    }

    public void SetCounters(in Blake3Pass pass, int index)
    {
        for (int lane = 0; lane < _laneCount; lane++)
        {
            ulong counter = pass.CounterOf(index + lane);
            CounterLow[lane] = (uint)counter;
            CounterHigh[lane] = (uint)(counter >> 32);
        }
    }

    /// <summary>Goes to a block, from the first on and leaving none out.</summary>
    public void MoveTo(int block, in Blake3Pass pass)
    {
        for (int lane = 0; lane < _laneCount; lane++)
        {
            int input = Math.Min(lane, _count - 1);
            int size = _sizes[input];
            int blockCount = CountBlocks(size);
            if (block >= blockCount)
            {
                // Its last block stays where it is; what comes of it is thrown away.
                Active[lane] = 0;
                continue;
            }

            Active[lane] = uint.MaxValue;
            Flags[lane] = pass.FlagsOf(block, blockCount);
            Blocks[lane] = FindBlock(_inputs[input], size, block, _padding + (lane * Blake3.BlockSizeBytes), out BlockSize[lane]);
        }
    }
}
