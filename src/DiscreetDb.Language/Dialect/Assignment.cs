namespace DiscreetDb.Language.Dialect;

/// <summary><c>field: value</c> in a mutation.</summary>
internal sealed record Assignment(Name Field, SyntaxValue Value);
