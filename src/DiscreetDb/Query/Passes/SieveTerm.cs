using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Passes;

/// <summary>A condition on the parent, and whether it decides alone what a nested read means for the parent.</summary>
internal readonly record struct SieveTerm(Predicate Condition, bool IsExact);
