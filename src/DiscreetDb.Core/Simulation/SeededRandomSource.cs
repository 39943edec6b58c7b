namespace DiscreetDb.Core;

/// <summary>Random bytes that a seed determines, for simulation and tests. Not safe for secrets; safe from any thread.</summary>
internal sealed class SeededRandomSource(ulong seed) : IRandomSource
{
    public ulong Seed { get; } = seed;

    public void Fill(Span<byte> destination) => throw new NotSupportedException();
}
