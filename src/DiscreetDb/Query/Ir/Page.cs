using System.Collections.Immutable;

namespace DiscreetDb.Query.Ir;

/// <summary>
/// A part of an order. Zero as <paramref name="First" /> is no limit. <paramref name="After" /> and
/// <paramref name="Before" /> hold values of the first keys of the order.
/// </summary>
internal sealed record Page(Operand? First, Operand? Skip, ImmutableArray<Operand> After, ImmutableArray<Operand> Before)
{
    public static Page All { get; } = new(null, null, [], []);

    /// <summary>Who counts rows for First and Skip; decided by <c>Rewrite</c>.</summary>
    public PageCounter Counter { get; init; }

    public bool IsLimited => First is not null || Skip is not null;

    public bool IsKeyset => !After.IsEmpty || !Before.IsEmpty;

    /// <inheritdoc />
    public override string ToString() => IrText.Of(this);
}
