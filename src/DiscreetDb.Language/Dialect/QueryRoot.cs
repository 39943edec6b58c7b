using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary><c>alias: ns.Entity(…) { … }</c>.</summary>
internal sealed record QueryRoot(Name? Alias, QualifiedName Entity, SelectionParameters Parameters, ImmutableArray<SelectionItem> Items);
