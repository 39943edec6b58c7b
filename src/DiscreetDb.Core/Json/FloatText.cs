namespace DiscreetDb.Core;

/// <summary>A finite float as text: the shortest that reads back to the same value, always with point or exponent (dialect.md §6.2).</summary>
internal static class FloatText
{
    /// <summary>No float is longer.</summary>
    public const int MaxSizeBytes = 32;

    /// <summary>Writes the text; returns its size.</summary>
    public static int Write(double value, Span<byte> utf8) => throw new NotSupportedException();
}
