using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary><c>query { … }</c>, dialect §6.</summary>
internal sealed record QueryDocument(SourceText Source, string? Name, ImmutableArray<QueryRoot> Roots);
