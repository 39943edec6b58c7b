using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary><c>field[$a, $b]</c>: links to remove; never empty.</summary>
internal sealed record LinkDeletion(Name Field, ImmutableArray<SyntaxValue.Variable> Targets);
