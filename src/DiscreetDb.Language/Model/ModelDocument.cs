using System.Collections.Immutable;

namespace DiscreetDb.Language.Model;

/// <summary>A model text as written, dialect §3.1. Nothing is resolved.</summary>
internal sealed record ModelDocument(SourceText Source, ImmutableArray<NamespaceDeclaration> Namespaces);
