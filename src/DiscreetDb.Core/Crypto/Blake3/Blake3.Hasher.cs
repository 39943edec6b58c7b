using System.Runtime.CompilerServices;

namespace DiscreetDb.Core;

internal static unsafe partial class Blake3
{
    /// <summary>
    /// Hashes an input that comes in pieces. Made by a factory; about 3 KB, so it stays in a local and is passed by
    /// reference.
    /// </summary>
    public ref struct Hasher
    {
        private fixed uint _key[ChainingWordCount];
        private fixed byte _chunk[ChunkSizeBytes];
        private fixed uint _stack[MaxDepth * ChainingWordCount];
        private int _chunkSize;
        private int _depth;
        private uint _flags;
        private ulong _chunkCount;

        private Hasher(scoped ReadOnlySpan<uint> key, uint flags)
        {
            // The buffers are written before they are read: zeroing them would cost more than hashing a short input.
            Unsafe.SkipInit(out this);
            fixed (uint* words = _key)
            {
                key.CopyTo(new Span<uint>(words, ChainingWordCount));
            }

            _chunkSize = 0;
            _depth = 0;
            _flags = flags;
            _chunkCount = 0;
        }

        public static Hasher Create() => new(Iv, 0);

        public static Hasher CreateKeyed(ReadOnlySpan<byte> key)
        {
            Span<uint> words = stackalloc uint[ChainingWordCount];
            LoadKey(key, words);
            return new Hasher(words, Keyed);
        }

        public static Hasher CreateDeriveKey(string context)
        {
            Span<uint> words = stackalloc uint[ChainingWordCount];
            LoadContextKey(context, words);
            return new Hasher(words, DeriveKeyMaterial);
        }

        public void Update(ReadOnlySpan<byte> input)
        {
            if (_chunkSize > 0)
            {
                input = input[Fill(input)..];
                if (input.IsEmpty)
                {
                    return;
                }

                // More follows, so what is buffered is not the last chunk, which alone may be the root.
                fixed (byte* chunk = _chunk)
                {
                    PushChunks(chunk, 1);
                }

                _chunkSize = 0;
            }

            fixed (byte* bytes = input)
            {
                int done = PushWholeSubtrees(bytes, input.Length);
                Fill(input[done..]);
            }
        }

        /// <summary>The hash of everything so far; more may follow.</summary>
        [SkipLocalsInit]
        public readonly void Finalize(Span<byte> hash)
        {
            fixed (uint* key = _key, stack = _stack)
            fixed (byte* chunk = _chunk)
            {
                if (_depth == 0)
                {
                    HashChunk(chunk, _chunkSize, key, _flags, hash);
                    return;
                }

                uint* value = stackalloc uint[ChainingWordCount];
                HashChunks(chunk, _chunkSize, key, _flags, _chunkCount, value);
                WriteEdge(stack, _depth, value, key, _flags, hash);
            }
        }

        public readonly Hash256 Finalize()
        {
            Span<byte> hash = stackalloc byte[HashSizeBytes];
            Finalize(hash);
            return new Hash256(hash);
        }

        private int Fill(ReadOnlySpan<byte> input)
        {
            int size = Math.Min(input.Length, ChunkSizeBytes - _chunkSize);
            fixed (byte* chunk = _chunk)
            {
                input[..size].CopyTo(new Span<byte>(chunk + _chunkSize, size));
            }

            _chunkSize += size;
            return size;
        }

        // The largest whole subtrees that begin here, as long as at least one byte is left for the last chunk.
        private int PushWholeSubtrees(byte* input, int size)
        {
            int done = 0;
            while (size - done > ChunkSizeBytes)
            {
                int chunkCount = GroupChunkCount;
                while (chunkCount * ChunkSizeBytes >= size - done || _chunkCount % (ulong)chunkCount != 0)
                {
                    chunkCount /= 2;
                }

                PushChunks(input + done, chunkCount);
                done += chunkCount * ChunkSizeBytes;
            }

            return done;
        }

        [SkipLocalsInit]
        private void PushChunks(byte* input, int count)
        {
            uint* values = stackalloc uint[GroupChunkCount * ChainingWordCount];
            fixed (uint* key = _key, stack = _stack)
            {
                HashChunks(input, count * ChunkSizeBytes, key, _flags, _chunkCount, values);
                ReduceParents(values, count, 1, key, _flags);
                _chunkCount += (ulong)count;
                _depth = PushSubtree(stack, _depth, values, _chunkCount / (ulong)count, key, _flags);
            }
        }
    }
}
