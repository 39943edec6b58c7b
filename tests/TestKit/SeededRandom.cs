using System.Globalization;

namespace DiscreetDb.TestKit;

/// <summary>Chance that can be repeated: the seed comes from <c>DISCREET_SEED</c> or is new, and stands in every failure message.</summary>
public sealed class SeededRandom(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>A generator with the seed of the environment, or a new one.</summary>
    public SeededRandom()
        : this(ChooseSeed())
    {
    }

    /// <summary>The seed to print.</summary>
    public int Seed { get; } = seed;

    /// <summary>The seed of <c>DISCREET_SEED</c>, or a new one.</summary>
    public static int ChooseSeed() =>
        int.TryParse(Environment.GetEnvironmentVariable("DISCREET_SEED"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int seed)
            ? seed
            : Random.Shared.Next();

    /// <summary>A number from 0 to <paramref name="end" /> − 1.</summary>
    public int Below(int end) => _random.Next(end);

    /// <summary>A number from <paramref name="first" /> to <paramref name="last" />, both included.</summary>
    public int Between(int first, int last) => (int)_random.NextInt64(first, (long)last + 1);

    /// <summary>Any 64-bit number.</summary>
    public long AnyInt64()
    {
        Span<byte> bytes = stackalloc byte[8];
        _random.NextBytes(bytes);
        return BitConverter.ToInt64(bytes);
    }

    /// <summary>From 0 to below 1.</summary>
    public double Fraction() => _random.NextDouble();

    /// <summary>True in <paramref name="percent" /> of a hundred cases.</summary>
    public bool Chance(int percent) => _random.Next(100) < percent;

    /// <summary>One of the items.</summary>
    public T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];

    /// <summary>Random bytes.</summary>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Some of the items, each at most once, in random order.</summary>
    public List<T> Some<T>(IReadOnlyList<T> items, int count)
    {
        T[] all = [.. items];
        _random.Shuffle(all);
        return [.. all.Take(count)];
    }

    /// <summary>A generator of its own, so that one part's draws do not shift another's.</summary>
    public SeededRandom Fork() => new(_random.Next());

    /// <inheritdoc />
    public override string ToString() => $"seed {Seed}";
}
