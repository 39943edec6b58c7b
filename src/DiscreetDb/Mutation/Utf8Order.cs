namespace DiscreetDb.Mutation;

/// <summary>Orders names by their UTF-8 bytes.</summary>
internal sealed class Utf8Order : IComparer<ReadOnlyMemory<byte>>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(ReadOnlyMemory<byte> left, ReadOnlyMemory<byte> right) => left.Span.SequenceCompareTo(right.Span);
}
