using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;

namespace DiscreetDb.Core.Tests.Crypto;

public sealed class Blake3Tests
{
    private const int MaxPieceSizeBytes = 5_000;

    [Fact]
    public void Every_official_vector_holds_in_all_three_modes_with_extended_output()
    {
        using JsonDocument file = VectorFile.Read("blake3-test-vectors.json");
        byte[] key = Encoding.ASCII.GetBytes(Text(file.RootElement, "key"));
        string context = Text(file.RootElement, "context_string");

        int count = 0;
        foreach (JsonElement vector in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            byte[] input = OfficialInput(vector.GetProperty("input_len").GetInt32());
            byte[] output = new byte[Text(vector, "hash").Length / 2];

            Blake3.Hash(input, output);
            Assert.Equal(Text(vector, "hash"), Convert.ToHexStringLower(output));
            Blake3.KeyedHash(key, input, output);
            Assert.Equal(Text(vector, "keyed_hash"), Convert.ToHexStringLower(output));
            Blake3.DeriveKey(context, input, output);
            Assert.Equal(Text(vector, "derive_key"), Convert.ToHexStringLower(output));
            count++;
        }

        Assert.Equal(35, count);
    }

    [Fact]
    public void Every_official_vector_holds_for_the_hasher_in_any_pieces()
    {
        using JsonDocument file = VectorFile.Read("blake3-test-vectors.json");
        byte[] key = Encoding.ASCII.GetBytes(Text(file.RootElement, "key"));
        string context = Text(file.RootElement, "context_string");
        var random = new Random(1);

        foreach (JsonElement vector in file.RootElement.GetProperty("cases").EnumerateArray())
        {
            byte[] input = OfficialInput(vector.GetProperty("input_len").GetInt32());
            Assert.Equal(Text(vector, "hash"), HashInPieces(Blake3.Hasher.Create(), input, random));
            Assert.Equal(Text(vector, "keyed_hash"), HashInPieces(Blake3.Hasher.CreateKeyed(key), input, random));
            Assert.Equal(Text(vector, "derive_key"), HashInPieces(Blake3.Hasher.CreateDeriveKey(context), input, random));
        }
    }

    [Fact]
    public void The_hasher_agrees_with_the_hash_of_the_whole_whatever_the_pieces()
    {
        var random = new Random(2);
        for (int round = 0; round < 30; round++)
        {
            byte[] input = RandomBytes(random, random.Next(300_000));
            var hasher = Blake3.Hasher.Create();
            int done = 0;
            while (done < input.Length)
            {
                int size = Math.Min(input.Length - done, random.Next(1, random.Next(2) == 0 ? 100 : 150_000));
                hasher.Update(input.AsSpan(done, size));
                done += size;
            }

            Assert.Equal(Blake3.Hash(input), hasher.Finalize());
        }
    }

    [Fact]
    public void A_hasher_goes_on_after_it_was_finalized()
    {
        byte[] input = OfficialInput(5_000);
        var hasher = Blake3.Hasher.Create();
        hasher.Update(input.AsSpan(0, 3_000));

        Hash256 early = hasher.Finalize();
        hasher.Update(input.AsSpan(3_000));

        Assert.Equal(Blake3.Hash(input.AsSpan(0, 3_000)), early);
        Assert.Equal(Blake3.Hash(input), hasher.Finalize());
    }

    [Fact]
    public void Every_vector_width_gives_the_chaining_values_of_the_portable_code()
    {
        var random = new Random(3);
        for (int round = 0; round < 60; round++)
        {
            int[] sizes = RandomSizes(random, random.Next(1, 40));
            byte[] input = RandomBytes(random, sizes.Sum());
            uint[] key = [.. Enumerable.Range(0, 8).Select(_ => (uint)random.NextInt64(1L << 32))];
            ulong counter = round % 3 == 0 ? uint.MaxValue - 3UL : (ulong)random.NextInt64();

            uint[] expected = RunKernel<uint, Blake3Lanes1>(input, sizes, key, counter);
            Assert.Equal(expected, RunKernel<Vector128<uint>, Blake3Lanes4>(input, sizes, key, counter));
            Assert.Equal(expected, RunKernel<Vector256<uint>, Blake3Lanes8>(input, sizes, key, counter));
            Assert.Equal(expected, RunKernel<Vector512<uint>, Blake3Lanes16>(input, sizes, key, counter));
        }
    }

    [Fact]
    public unsafe void The_row_form_of_one_block_gives_the_output_of_the_portable_code()
    {
        var random = new Random(4);
        uint* rows = stackalloc uint[16];
        uint* portable = stackalloc uint[16];
        for (int round = 0; round < 1_000; round++)
        {
            byte[] block = RandomBytes(random, 64);
            byte[] value = RandomBytes(random, 32);
            ulong counter = (ulong)random.NextInt64();
            uint flags = (uint)random.Next(128);
            value.CopyTo(new Span<byte>(rows, 32));
            value.CopyTo(new Span<byte>(portable, 32));

            fixed (byte* bytes = block)
            {
                Blake3Block.Compress(rows, bytes, 61, counter, flags);
                Blake3Block.CompressPortable(portable, bytes, 61, counter, flags);
            }

            Assert.Equal(new ReadOnlySpan<uint>(portable, 16).ToArray(), new ReadOnlySpan<uint>(rows, 16).ToArray());
        }
    }

    [Fact]
    public void Many_inputs_at_once_hash_like_each_alone()
    {
        var random = new Random(5);
        for (int round = 0; round < 40; round++)
        {
            int[] sizes = RandomSizes(random, random.Next(0, 200));
            if (sizes.Length > 3)
            {
                sizes[1] = 1_025 + random.Next(4_000);
            }

            byte[] inputs = RandomBytes(random, sizes.Sum());
            byte[] hashes = new byte[32 * sizes.Length];
            Blake3.HashMany(inputs, sizes, hashes);

            int start = 0;
            for (int i = 0; i < sizes.Length; i++)
            {
                Assert.Equal(Blake3.Hash(inputs.AsSpan(start, sizes[i])), new Hash256(hashes.AsSpan(32 * i, 32)));
                start += sizes[i];
            }
        }
    }

    [Fact]
    public void A_key_of_another_size_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Blake3.KeyedHash(new byte[31], [], new byte[32]));
    }

    [Fact]
    public void Hashing_allocates_nothing()
    {
        byte[] input = OfficialInput(100_000);
        byte[] hash = new byte[32];
        int[] sizes = [.. Enumerable.Repeat(100, 500)];
        byte[] hashes = new byte[32 * sizes.Length];

        // The runtime itself allocates when it compiles a method again; a run without that is what is looked for.
        long allocated = long.MaxValue;
        for (int attempt = 0; attempt < 20 && allocated > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Run();
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, allocated);

        void Run()
        {
            Blake3.Hash(input.AsSpan(0, 200), hash);
            Blake3.Hash(input, hash);
            Blake3.DeriveKey("discreet v1 database", input.AsSpan(0, 64), hash);
            Blake3.HashMany(input, sizes, hashes);
            var hasher = Blake3.Hasher.Create();
            hasher.Update(input);
            hasher.Finalize(hash);
        }
    }

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";

    private static byte[] OfficialInput(int size) => [.. Enumerable.Range(0, size).Select(i => (byte)(i % 251))];

    private static byte[] RandomBytes(Random random, int size)
    {
        byte[] bytes = new byte[size];
        random.NextBytes(bytes);
        return bytes;
    }

    // Sizes at and around the ends of blocks, and any other.
    private static int[] RandomSizes(Random random, int count)
    {
        int[] edges = [0, 1, 63, 64, 65, 127, 128, 129, 1_023, 1_024];
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 0 ? edges[random.Next(edges.Length)] : random.Next(1_025))];
    }

    private static string HashInPieces(Blake3.Hasher hasher, byte[] input, Random random)
    {
        int done = 0;
        while (done < input.Length)
        {
            int size = Math.Min(input.Length - done, random.Next(MaxPieceSizeBytes));
            hasher.Update(input.AsSpan(done, size));
            done += size;
        }

        byte[] output = new byte[131];
        hasher.Finalize(output);
        return Convert.ToHexStringLower(output);
    }

    private static unsafe uint[] RunKernel<TVector, TLanes>(byte[] input, int[] sizes, uint[] key, ulong counter)
        where TVector : unmanaged
        where TLanes : IBlake3Lanes<TVector>
    {
        uint[] values = new uint[sizes.Length * 8];
        byte[] whole = [.. input, 0];
        fixed (byte* bytes = whole)
        fixed (uint* words = key, results = values)
        fixed (int* sizePointer = sizes)
        {
            byte** inputs = stackalloc byte*[sizes.Length];
            int start = 0;
            for (int i = 0; i < sizes.Length; i++)
            {
                inputs[i] = bytes + start;
                start += sizes[i];
            }

            var pass = new Blake3Pass { Key = words, Flags = Blake3.Keyed, FirstBlockFlags = Blake3.ChunkStart, LastBlockFlags = Blake3.ChunkEnd, Counter = counter, CounterStep = 1 };
            int done = Blake3Kernel.HashGroups<TVector, TLanes>(inputs, sizePointer, 0, sizes.Length, 0, pass, results);
            Assert.Equal(sizes.Length, done);
        }

        return values;
    }
}
