using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Query.Plans.Grouping;

/// <summary>A column rows are grouped by.</summary>
internal readonly record struct GroupKey(int Column, VariableKind Kind);
