using System.Collections.Immutable;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Model;

/// <summary><c>name { … }</c>; the default namespace has no name. One namespace may be declared several times.</summary>
internal sealed record NamespaceDeclaration(Name? Name, ImmutableArray<EntityDeclaration> Entities);
