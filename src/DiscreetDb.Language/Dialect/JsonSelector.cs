using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary><c>field->$.a.b[0]</c> or <c>field->1</c>; an empty path is the whole value.</summary>
internal sealed record JsonSelector(Name Field, ImmutableArray<JsonStep> Path, SourceSpan Span);
