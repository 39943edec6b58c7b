using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Plans.Grouping;

/// <summary>A function of the numbers in a column; Count has no column.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Column">The column, or −1.</param>
/// <param name="IsInteger">Whether the column holds integers; else it holds floats.</param>
internal readonly record struct GroupAggregate(AggregateKind Kind, int Column, bool IsInteger);
