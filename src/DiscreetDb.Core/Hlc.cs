using System.Globalization;

namespace DiscreetDb.Core;

/// <summary>A hybrid logical clock: 48 bits of milliseconds since 1970, 16 bits of counter.</summary>
internal readonly record struct Hlc(ulong Value) : IComparable<Hlc>
{
    public const int CounterBits = 16;

    public const long MaxMilliseconds = (1L << 48) - 1;

    public static Hlc Zero => default;

    public long Milliseconds => (long)(Value >> CounterBits);

    public int Counter => (int)(Value & ((1UL << CounterBits) - 1));

    public static bool operator <(Hlc left, Hlc right) => left.Value < right.Value;

    public static bool operator <=(Hlc left, Hlc right) => left.Value <= right.Value;

    public static bool operator >(Hlc left, Hlc right) => left.Value > right.Value;

    public static bool operator >=(Hlc left, Hlc right) => left.Value >= right.Value;

    /// <summary>The first value of a millisecond.</summary>
    public static Hlc FromMilliseconds(long milliseconds)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(milliseconds);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(milliseconds, MaxMilliseconds);
        return new Hlc((ulong)milliseconds << CounterBits);
    }

    public int CompareTo(Hlc other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Milliseconds}.{Counter}");
}
