using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace DiscreetDb.Core;

/// <summary>
/// BLAKE3: hash, keyed hash, key derivation and extendable output, as the paper and its test vectors define them
/// (https://github.com/BLAKE3-team/BLAKE3-specs). An input is a binary tree of 1 KiB chunks, so long inputs and many
/// short ones are hashed several at a time (<see cref="Blake3Kernel" />). Allocates nothing. Words are read as they lie
/// in memory: every processor .NET runs on is little-endian.
/// </summary>
internal static unsafe partial class Blake3
{
    public const int HashSizeBytes = 32;

    public const int KeySizeBytes = 32;

    public const int BlockSizeBytes = 64;

    public const int ChunkSizeBytes = 1024;

    internal const int BlockWordCount = 16;

    internal const int ChainingWordCount = 8;

    internal const int RoundCount = 7;

    internal const uint Iv0 = 0x6A09E667;
    internal const uint Iv1 = 0xBB67AE85;
    internal const uint Iv2 = 0x3C6EF372;
    internal const uint Iv3 = 0xA54FF53A;

    internal const uint ChunkStart = 1 << 0;
    internal const uint ChunkEnd = 1 << 1;
    internal const uint Parent = 1 << 2;
    internal const uint Root = 1 << 3;
    internal const uint Keyed = 1 << 4;
    internal const uint DeriveKeyContext = 1 << 5;
    internal const uint DeriveKeyMaterial = 1 << 6;

    // Chunks whose chaining values are held at once: enough to fill the widest vectors up to the last levels of a subtree.
    private const int GroupChunkCount = 64;

    private const int GroupSizeBytes = GroupChunkCount * ChunkSizeBytes;

    private const int MaxStackContextSizeBytes = 256;

    // A chunk counter has 64 bits, a chunk ten: no stack is deeper.
    private const int MaxDepth = 54;

    private static readonly uint[] Iv = [Iv0, Iv1, Iv2, Iv3, 0x510E527F, 0x9B05688C, 0x1F83D9AB, 0x5BE0CD19];

    /// <summary>Hashes; an output longer than 32 bytes is filled from the extendable output.</summary>
    public static void Hash(ReadOnlySpan<byte> input, Span<byte> hash) => Hash(input, Iv, 0, hash);

    public static Hash256 Hash(ReadOnlySpan<byte> input)
    {
        Span<byte> hash = stackalloc byte[HashSizeBytes];
        Hash(input, hash);
        return new Hash256(hash);
    }

    /// <summary>Hashes under a 32-byte key.</summary>
    public static void KeyedHash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input, Span<byte> hash)
    {
        Span<uint> words = stackalloc uint[ChainingWordCount];
        LoadKey(key, words);
        Hash(input, words, Keyed, hash);
        words.Clear();
    }

    /// <summary>Derives a key; the context is a constant of the program, never data.</summary>
    public static void DeriveKey(string context, ReadOnlySpan<byte> ikm, Span<byte> output)
    {
        Span<uint> key = stackalloc uint[ChainingWordCount];
        LoadContextKey(context, key);
        Hash(ikm, key, DeriveKeyMaterial, output);
    }

    /// <summary>
    /// Hashes many independent inputs, stored one after the other, several at a time: input <c>i</c> is the next
    /// <c>sizes[i]</c> bytes, its hash the 32 bytes at <c>32 * i</c>.
    /// </summary>
    public static void HashMany(ReadOnlySpan<byte> inputs, ReadOnlySpan<int> sizes, Span<byte> hashes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(hashes.Length, sizes.Length * HashSizeBytes);
        long total = 0;
        foreach (int size in sizes)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(size);
            total += size;
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(inputs.Length, total);
        fixed (byte* first = inputs)
        {
            HashMany(first, sizes, hashes);
        }
    }

    // Short inputs are gathered into groups; one longer than a chunk is itself a tree.
    [SkipLocalsInit]
    private static void HashMany(byte* input, ReadOnlySpan<int> sizes, Span<byte> hashes)
    {
        byte** group = stackalloc byte*[GroupChunkCount];
        int* groupSizes = stackalloc int[GroupChunkCount];
        int* targets = stackalloc int[GroupChunkCount];
        int count = 0;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] > ChunkSizeBytes)
            {
                Hash(new ReadOnlySpan<byte>(input, sizes[i]), hashes.Slice(i * HashSizeBytes, HashSizeBytes));
            }
            else
            {
                group[count] = input;
                groupSizes[count] = sizes[i];
                targets[count++] = i;
            }

            input += sizes[i];
            if (count == GroupChunkCount)
            {
                HashGroup(group, groupSizes, new ReadOnlySpan<int>(targets, count), hashes);
                count = 0;
            }
        }

        HashGroup(group, groupSizes, new ReadOnlySpan<int>(targets, count), hashes);
    }

    [SkipLocalsInit]
    private static void HashGroup(byte** inputs, int* sizes, ReadOnlySpan<int> targets, Span<byte> hashes)
    {
        uint* results = stackalloc uint[GroupChunkCount * ChainingWordCount];
        fixed (uint* key = Iv)
        {
            var pass = new Blake3Pass { Key = key, Flags = 0, FirstBlockFlags = ChunkStart, LastBlockFlags = ChunkEnd | Root };
            Blake3Kernel.Hash(inputs, sizes, targets.Length, pass, results);
        }

        for (int i = 0; i < targets.Length; i++)
        {
            uint* hash = results + (i * ChainingWordCount);
            new ReadOnlySpan<byte>(hash, HashSizeBytes).CopyTo(hashes[(targets[i] * HashSizeBytes)..]);
        }
    }

    private static void Hash(ReadOnlySpan<byte> input, ReadOnlySpan<uint> key, uint flags, Span<byte> hash)
    {
        fixed (byte* bytes = input)
        fixed (uint* words = key)
        {
            if (input.Length <= ChunkSizeBytes)
            {
                HashChunk(bytes, input.Length, words, flags, hash);
                return;
            }

            HashTree(bytes, input.Length, words, flags, hash);
        }
    }

    [SkipLocalsInit]
    private static void HashChunk(byte* input, int size, uint* key, uint flags, Span<byte> hash)
    {
        uint* state = stackalloc uint[BlockWordCount];
        new ReadOnlySpan<uint>(key, ChainingWordCount).CopyTo(new Span<uint>(state, ChainingWordCount));
        uint blockFlags = flags | ChunkStart;
        for (; size > BlockSizeBytes; size -= BlockSizeBytes, input += BlockSizeBytes)
        {
            Blake3Block.Compress(state, input, BlockSizeBytes, 0, blockFlags);
            blockFlags = flags;
        }

        byte* last = stackalloc byte[BlockSizeBytes];
        Blake3Block.Pad(input, (uint)size, last);
        WriteRoot(state, last, (uint)size, blockFlags | ChunkEnd, hash);
    }

    // Whole groups become one chaining value each; the rest, at least one byte and at most a group, becomes the right
    // edge of the tree.
    [SkipLocalsInit]
    private static void HashTree(byte* input, int size, uint* key, uint flags, Span<byte> hash)
    {
        uint* stack = stackalloc uint[MaxDepth * ChainingWordCount];
        int depth = 0;
        ulong chunk = 0;
        uint* values = stackalloc uint[GroupChunkCount * ChainingWordCount];
        for (; size > GroupSizeBytes; size -= GroupSizeBytes, input += GroupSizeBytes)
        {
            int count = HashChunks(input, GroupSizeBytes, key, flags, chunk, values);
            ReduceParents(values, count, 1, key, flags);
            chunk += GroupChunkCount;
            depth = PushSubtree(stack, depth, values, chunk / GroupChunkCount, key, flags);
        }

        int tail = HashChunks(input, size, key, flags, chunk, values);
        if (depth > 0)
        {
            ReduceParents(values, tail, 1, key, flags);
            WriteEdge(stack, depth, values, key, flags, hash);
            return;
        }

        ReduceParents(values, tail, 2, key, flags);
        WriteRoot(key, (byte*)values, BlockSizeBytes, flags | Parent, hash);
    }

    /// <summary>The chaining values of consecutive chunks, of which the last may be short; returns how many.</summary>
    [SkipLocalsInit]
    private static int HashChunks(byte* input, int size, uint* key, uint flags, ulong firstChunk, uint* values)
    {
        byte** chunks = stackalloc byte*[GroupChunkCount];
        int* sizes = stackalloc int[GroupChunkCount];
        int count = 0;
        for (; size > 0; size -= ChunkSizeBytes, input += ChunkSizeBytes)
        {
            chunks[count] = input;
            sizes[count++] = Math.Min(size, ChunkSizeBytes);
        }

        var pass = new Blake3Pass
        {
            Key = key,
            Flags = flags,
            FirstBlockFlags = ChunkStart,
            LastBlockFlags = ChunkEnd,
            Counter = firstChunk,
            CounterStep = 1,
        };
        Blake3Kernel.Hash(chunks, sizes, count, pass, values);
        return count;
    }

    // Level by level, in place; a value without a partner goes up as it is, which makes every left subtree a full one.
    [SkipLocalsInit]
    private static void ReduceParents(uint* values, int count, int target, uint* key, uint flags)
    {
        byte** pairs = stackalloc byte*[GroupChunkCount / 2];
        int* sizes = stackalloc int[GroupChunkCount / 2];
        for (int pair = 0; pair < count / 2; pair++)
        {
            pairs[pair] = (byte*)(values + (pair * BlockWordCount));
            sizes[pair] = BlockSizeBytes;
        }

        var pass = new Blake3Pass { Key = key, Flags = flags | Parent };
        while (count > target)
        {
            int pairCount = count / 2;
            Blake3Kernel.Hash(pairs, sizes, pairCount, pass, values);
            if (count % 2 == 1)
            {
                CopyValue(values + ((count - 1) * ChainingWordCount), values + (pairCount * ChainingWordCount));
            }

            count = pairCount + (count % 2);
        }
    }

    // The number of subtrees of this size so far says which of them are complete: one merge for each trailing zero bit.
    private static int PushSubtree(uint* stack, int depth, uint* value, ulong subtreeCount, uint* key, uint flags)
    {
        for (; (subtreeCount & 1) == 0; subtreeCount >>= 1)
        {
            depth--;
            MergeWith(stack + (depth * ChainingWordCount), value, key, flags);
        }

        CopyValue(value, stack + (depth * ChainingWordCount));
        return depth + 1;
    }

    private static void WriteEdge(uint* stack, int depth, uint* value, uint* key, uint flags, Span<byte> hash)
    {
        for (depth--; depth > 0; depth--)
        {
            MergeWith(stack + (depth * ChainingWordCount), value, key, flags);
        }

        uint* block = stackalloc uint[BlockWordCount];
        CopyValue(stack, block);
        CopyValue(value, block + ChainingWordCount);
        WriteRoot(key, (byte*)block, BlockSizeBytes, flags | Parent, hash);
    }

    [SkipLocalsInit]
    private static void MergeWith(uint* left, uint* value, uint* key, uint flags)
    {
        uint* block = stackalloc uint[BlockWordCount];
        CopyValue(left, block);
        CopyValue(value, block + ChainingWordCount);
        uint* state = stackalloc uint[BlockWordCount];
        CopyValue(key, state);
        Blake3Block.Compress(state, (byte*)block, BlockSizeBytes, 0, flags | Parent);
        CopyValue(state, value);
    }

    /// <summary>The output: the last block compressed as root, once for every 64 bytes.</summary>
    [SkipLocalsInit]
    private static void WriteRoot(uint* chainingValue, byte* block, uint blockSize, uint flags, Span<byte> hash)
    {
        uint* state = stackalloc uint[BlockWordCount];
        ulong counter = 0;
        do
        {
            CopyValue(chainingValue, state);
            Blake3Block.Compress(state, block, blockSize, counter++, flags | Root);
            int size = Math.Min(hash.Length, BlockSizeBytes);
            new ReadOnlySpan<byte>(state, size).CopyTo(hash);
            hash = hash[size..];
        }
        while (!hash.IsEmpty);
    }

    private static void CopyValue(uint* source, uint* destination)
    {
        Vector128.Load(source).Store(destination);
        Vector128.Load(source + 4).Store(destination + 4);
    }

    private static void LoadKey(ReadOnlySpan<byte> key, Span<uint> words)
    {
        if (key.Length != KeySizeBytes)
        {
            throw new ArgumentException($"A BLAKE3 key is {KeySizeBytes} bytes, not {key.Length}.", nameof(key));
        }

        key.CopyTo(MemoryMarshal.AsBytes(words));
    }

    private static void LoadContextKey(string context, Span<uint> words)
    {
        int size = Encoding.UTF8.GetByteCount(context);
        Span<byte> utf8 = size <= MaxStackContextSizeBytes ? stackalloc byte[size] : new byte[size];
        Encoding.UTF8.GetBytes(context, utf8);
        Hash(utf8, Iv, DeriveKeyContext, MemoryMarshal.AsBytes(words));
    }
}
