using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary>One thing selected. The hierarchy is closed.</summary>
internal abstract record SelectionItem(SourceSpan Span)
{
    internal sealed record Scalar(Name? Alias, Name Field, SourceSpan Span) : SelectionItem(Span);

    internal sealed record Nested(
        Name? Alias, Name Field, SelectionParameters Parameters, ImmutableArray<SelectionItem> Items, SourceSpan Span)
        : SelectionItem(Span);

    internal sealed record Json(Name Alias, JsonSelector Selector, SourceSpan Span) : SelectionItem(Span);

    /// <summary>Field is null exactly for <c>count()</c>.</summary>
    internal sealed record Aggregate(Name Alias, AggregateFunction Function, Name? Field, SourceSpan Span) : SelectionItem(Span);
}
