using System.Collections.Immutable;

namespace DiscreetDb.Language.Dialect;

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
