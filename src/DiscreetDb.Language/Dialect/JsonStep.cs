namespace DiscreetDb.Language.Dialect;

/// <summary>A member name, or an index where the name is null.</summary>
internal readonly record struct JsonStep(string? Member, long Index);
