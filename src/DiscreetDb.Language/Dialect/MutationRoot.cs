namespace DiscreetDb.Language.Dialect;

/// <summary><c>alias: ns.Entity { … }</c>; the assignments may be none.</summary>
internal sealed record MutationRoot(Name? Alias, QualifiedName Entity, SyntaxValue.Object Object);
