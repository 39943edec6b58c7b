using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary>A row, or, with lists, only these links of it.</summary>
internal sealed record DeletionRoot(QualifiedName Entity, SyntaxValue.Variable Id, ImmutableArray<LinkDeletion> Links);
