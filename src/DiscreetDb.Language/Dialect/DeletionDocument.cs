using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary><c>delete { … }</c>, dialect §8.</summary>
internal sealed record DeletionDocument(SourceText Source, string? Name, ImmutableArray<DeletionRoot> Roots);
