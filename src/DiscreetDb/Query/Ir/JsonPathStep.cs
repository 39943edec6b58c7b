namespace DiscreetDb.Query.Ir;

/// <summary>A member, or an element where the member is null.</summary>
internal readonly record struct JsonPathStep(string? Member, int Index);
