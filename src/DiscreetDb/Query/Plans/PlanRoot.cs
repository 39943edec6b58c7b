namespace DiscreetDb.Query.Plans;

/// <summary>One root: the bytes before its array, and its node.</summary>
internal sealed record PlanRoot(byte[] Prefix, PlanNode Node);
