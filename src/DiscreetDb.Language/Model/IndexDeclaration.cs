using System.Collections.Immutable;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Model;

/// <summary><c>index(a, b)</c>; the span is the word <c>index</c>.</summary>
internal sealed record IndexDeclaration(ImmutableArray<Name> Fields, SourceSpan Span);
