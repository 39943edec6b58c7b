using System.Text;
using DiscreetDb.TestKit;

namespace DiscreetDb.Fuzz;

/// <summary>Runs one target on its corpus and on mutated input.</summary>
internal sealed class Fuzzer(FuzzTarget target, int seed)
{
    /// <summary>What a run may allocate for each byte of its input.</summary>
    private const int AllocationFactor = 400;

    private readonly Mutator _mutator = new(target.Seeds, new SeededRandom(seed));

    /// <summary>Null when nothing broke; else what broke, and the file the input is kept in.</summary>
    public string? RunCorpus() => Corpus.Read(target).Concat(target.Seeds).Select(Try).FirstOrDefault(f => f is not null);

    /// <summary>Runs until the count is reached or the caller has had enough.</summary>
    public string? Run(long count, Func<bool>? isEnough = null)
    {
        for (long i = 0; i < count && isEnough?.Invoke() != true; i++)
        {
            if (Try(_mutator.Next()) is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private string? Try(byte[] input)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            target.Run(input);
        }
        catch (Exception e)
        {
            return Describe(input, e.ToString());
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        long allowed = target.AllocationSizeBytes + ((long)AllocationFactor * input.Length);
        return allocated <= allowed ? null : Describe(input, $"{input.Length} bytes of input made it allocate {allocated} bytes");
    }

    private string Describe(byte[] input, string reason)
    {
        string text = Encoding.UTF8.GetString(input.AsSpan(0, Math.Min(input.Length, 500)));
        return $"{target.Name}, seed {seed}, input kept in {Corpus.Keep(target, input)}:\n{text}\n{reason}";
    }
}
