using DiscreetDb.Differential.Models;

namespace DiscreetDb.Differential.Queries;

/// <summary>A generated <c>query</c> text.</summary>
internal sealed record QueryDocument(IReadOnlyList<QueryRoot> Roots);

/// <summary>One root; without alias the key is the entity as typed.</summary>
internal sealed record QueryRoot(string? Alias, string EntityAsTyped, Selection Selection)
{
    public string Key => Alias ?? EntityAsTyped;
}

/// <summary>What is asked of the rows of one entity.</summary>
internal sealed record Selection(EntitySpec Entity, SelectionParameters Parameters, IReadOnlyList<Item> Items)
{
    public bool IsAggregate => Items.Any(i => i is Item.Aggregate);

    public Item? FindItem(string resultName) => Items.FirstOrDefault(i => i.ResultName == resultName);
}

/// <summary>What stands in the parentheses of a selection.</summary>
internal sealed record SelectionParameters
{
    public IReadOnlyList<Filter> Filters { get; init; } = [];

    public IReadOnlyList<OrderKey> OrderBy { get; init; } = [];

    public QueryValue? First { get; init; }

    public QueryValue? Skip { get; init; }

    public QueryValue? Search { get; init; }

    public Paging? Paging { get; init; }

    public IReadOnlyList<string> Nullable { get; init; } = [];
}

/// <summary>One thing selected. The hierarchy is closed.</summary>
internal abstract record Item(string? Alias, FieldSpec Field)
{
    public virtual string ResultName => Alias ?? Field.Name;

    internal sealed record Scalar(string? Alias, FieldSpec Field) : Item(Alias, Field);

    /// <summary>The path is spelled as behind <c>-></c>.</summary>
    internal sealed record Json(string Alias, FieldSpec Field, string Path) : Item(Alias, Field);

    /// <summary>The field of <c>count()</c> means nothing.</summary>
    internal sealed record Aggregate(string Alias, string Function, FieldSpec Field) : Item(Alias, Field);

    internal sealed record Nested(string? Alias, FieldSpec Field, Selection Selection) : Item(Alias, Field);
}

/// <summary>A filter whose left side is a field or alias, or a selector where a path is given.</summary>
internal sealed record Filter(string Left, string? Path, string Operator, QueryValue Value);

/// <summary>A value of a filter, of paging or of a keyword: a literal, or a variable when <paramref name="AsVariable" /> says so.</summary>
internal sealed record QueryValue(object? Value, bool AsVariable);

internal sealed record OrderKey(string Key, bool Descending);

internal sealed record Paging(bool IsAfter, IReadOnlyList<QueryValue> Values);
