using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary>A value as written. The hierarchy is closed.</summary>
internal abstract record SyntaxValue(SourceSpan Span)
{
    internal sealed record Variable(string Name, SourceSpan Span) : SyntaxValue(Span);

    internal sealed record Integer(long Value, SourceSpan Span) : SyntaxValue(Span);

    internal sealed record Float(double Value, SourceSpan Span) : SyntaxValue(Span);

    internal sealed record Text(string Value, SourceSpan Span) : SyntaxValue(Span);

    internal sealed record Boolean(bool Value, SourceSpan Span) : SyntaxValue(Span);

    internal sealed record Null(SourceSpan Span) : SyntaxValue(Span);

    /// <summary><c>{ … }</c>; only in mutations.</summary>
    internal sealed record Object(ImmutableArray<Assignment> Assignments, SourceSpan Span) : SyntaxValue(Span);

    /// <summary><c>[ { … }, … ]</c>; only in mutations, never empty.</summary>
    internal sealed record List(ImmutableArray<Object> Items, SourceSpan Span) : SyntaxValue(Span);
}
