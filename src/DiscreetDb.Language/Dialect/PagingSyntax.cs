using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary>The values of <c>before</c> or <c>after</c>; the span is the keyword.</summary>
internal sealed record PagingSyntax(ImmutableArray<SyntaxValue> Values, SourceSpan Span);
