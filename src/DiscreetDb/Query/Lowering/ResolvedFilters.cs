using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Lowering;

/// <summary>Filters on rows, and filters on aggregates, which choose groups.</summary>
internal readonly record struct ResolvedFilters(Predicate Where, Predicate Having);
