using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

/// <summary>An identifier and where it stands.</summary>
internal readonly record struct Name(string Text, SourceSpan Span);

/// <summary>An entity as written: optional namespace, entity, and the text as typed, which is the default answer key.</summary>
internal sealed record QualifiedName(string? Namespace, string Entity, SourceSpan Span)
{
    /// <summary>The name as the program wrote it, without white space.</summary>
    public string AsTyped => Namespace is null ? Entity : $"{Namespace}.{Entity}";
}

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

/// <summary><c>field: value</c> in a mutation.</summary>
internal sealed record Assignment(Name Field, SyntaxValue Value);

// ----- query ------------------------------------------------------------------------------------------------------

/// <summary><c>query { … }</c>, dialect §6.</summary>
internal sealed record QueryDocument(SourceText Source, string? Name, ImmutableArray<QueryRoot> Roots);

/// <summary><c>alias: ns.Entity(…) { … }</c>.</summary>
internal sealed record QueryRoot(Name? Alias, QualifiedName Entity, SelectionParameters Parameters, ImmutableArray<SelectionItem> Items);

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

internal enum AggregateFunction
{
    Count,
    Sum,
    Average,
    Min,
    Max,
}

/// <summary><c>field->$.a.b[0]</c> or <c>field->1</c>; an empty path is the whole value.</summary>
internal sealed record JsonSelector(Name Field, ImmutableArray<JsonStep> Path, SourceSpan Span);

/// <summary>A member name, or an index where the name is null.</summary>
internal readonly record struct JsonStep(string? Member, long Index);

/// <summary>What stands in the parentheses of a selection. Of several <c>first</c>, <c>skip</c>, <c>search</c>, paging: the last.</summary>
internal sealed record SelectionParameters(
    ImmutableArray<FilterSyntax> Filters,
    ImmutableArray<OrderSyntax> OrderBy,
    SyntaxValue? First,
    SyntaxValue? Skip,
    SyntaxValue? Search,
    PagingSyntax? Before,
    PagingSyntax? After,
    ImmutableArray<Name> Nullable)
{
    public static SelectionParameters None { get; } = new([], [], null, null, null, null, null, []);
}

/// <summary>Left side by field or alias, or by selector; exactly one is set.</summary>
internal sealed record FilterSyntax(Name? Field, JsonSelector? Selector, ComparisonOperator Operator, SyntaxValue Value, SourceSpan Span);

internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}

internal sealed record OrderSyntax(Name Key, bool Descending);

internal sealed record PagingSyntax(ImmutableArray<SyntaxValue> Values, SourceSpan Span);

// ----- mutation and deletion --------------------------------------------------------------------------------------

/// <summary><c>mutate { … }</c>, dialect §7.</summary>
internal sealed record MutationDocument(SourceText Source, string? Name, ImmutableArray<MutationRoot> Roots);

/// <summary><c>alias: ns.Entity { … }</c>; the assignments may be none.</summary>
internal sealed record MutationRoot(Name? Alias, QualifiedName Entity, SyntaxValue.Object Object);

/// <summary><c>delete { … }</c>, dialect §8.</summary>
internal sealed record DeletionDocument(SourceText Source, string? Name, ImmutableArray<DeletionRoot> Roots);

/// <summary>A row, or, with lists, only these links of it.</summary>
internal sealed record DeletionRoot(QualifiedName Entity, SyntaxValue.Variable Id, ImmutableArray<LinkDeletion> Links);

internal sealed record LinkDeletion(Name Field, ImmutableArray<SyntaxValue.Variable> Targets);
