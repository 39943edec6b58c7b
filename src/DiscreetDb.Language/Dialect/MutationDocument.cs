using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary><c>mutate { … }</c>, dialect §7.</summary>
internal sealed record MutationDocument(SourceText Source, string? Name, ImmutableArray<MutationRoot> Roots);
