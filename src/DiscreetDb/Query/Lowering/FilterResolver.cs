using System.Collections.Immutable;
using System.Diagnostics;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Query.Lowering;

/// <summary>The filters of a selection (dialect §6.4).</summary>
internal sealed class FilterResolver(ResolutionContext context, SelectionResolver selection)
{
    public ResolvedFilters Resolve(ImmutableArray<FilterSyntax> filters)
    {
        List<Predicate> where = [];
        List<Predicate> having = [];
        foreach (FilterSyntax filter in filters)
        {
            Resolve(filter, where, having);
        }

        return new ResolvedFilters(Predicate.All(where), Predicate.All(having));
    }

    private void Resolve(FilterSyntax filter, List<Predicate> where, List<Predicate> having)
    {
        if (filter.Selector is { } selector)
        {
            where.Add(Compare(selection.ResolveSelector(selector), filter));
            return;
        }

        Name name = filter.Field!.Value; // a filter without selector has a field
        SelectedItem? item = selection.FindItem(name.Text);
        if (item?.Relation is not null)
        {
            item.Presence |= ReadNullTest(filter) ? Presence.Absent : Presence.Required;
            return;
        }

        Field? field = item is null ? selection.FindField(name) : null;
        if (field is { IsRelation: true })
        {
            where.Add(TestTarget(field, filter));
            return;
        }

        Expr expr = item?.Expr ?? new Expr.Column(field!); // without an item the field was found
        (expr is Expr.Aggregate ? having : where).Add(Compare(expr, filter));
    }

    private Predicate Compare(Expr expr, FilterSyntax filter)
    {
        VariableType type = expr.Type;
        string place = filter.Field is { } name ? $"`{name.Text}`" : $"The selector on `{filter.Selector!.Field.Text}`";
        if (type.Kind == VariableKind.Json && (filter.Value is not SyntaxValue.Null || !IsEquality(filter)))
        {
            throw context.Error(
                ErrorCode.InvalidFieldType,
                filter.Span,
                $"{place} is Json: test it with `= null` or `!= null`, or its content through a selector.");
        }

        if (filter.Value is SyntaxValue.Null)
        {
            return CompareWithNull(expr, filter, place);
        }

        Operand operand = context.ReadOperand(filter.Value, type, place);
        return new Predicate.Compare(expr, ToComparison(filter.Operator), operand, NullRule.NeverMatches);
    }

    private Predicate CompareWithNull(Expr expr, FilterSyntax filter, string place)
    {
        if (!expr.Type.IsNullable)
        {
            throw context.Error(ErrorCode.NotNullable, filter.Span, $"{place} is never null.");
        }

        return filter.Operator switch
        {
            ComparisonOperator.Equal => new Predicate.IsNull(expr),
            ComparisonOperator.NotEqual => new Predicate.Not(new Predicate.IsNull(expr)),
            _ => new Predicate.False(),
        };
    }

    private Predicate TestTarget(Field relation, FilterSyntax filter)
    {
        bool isNull = ReadNullTest(filter);
        Source source = relation switch
        {
            { IsSystem: true } => new Source.SystemLink(relation.System),
            { Type: FieldType.Links } => new Source.Links(relation),
            _ => new Source.Reference(relation),
        };
        Predicate.Some some = new(
            new EntityRead(relation.Target!, source, new Predicate.True(), null, [], Page.All, Presence.Optional, new Shape.List([])));
        return isNull ? new Predicate.Not(some) : some;
    }

    /// <summary>True for <c>rel = null</c>, false for <c>rel != null</c>.</summary>
    private bool ReadNullTest(FilterSyntax filter) => filter.Value is SyntaxValue.Null && IsEquality(filter)
        ? filter.Operator == ComparisonOperator.Equal
        : throw context.Error(
            ErrorCode.InvalidEntityFilter, filter.Span, $"`{filter.Field?.Text}` is a relation: it takes only `= null` and `!= null`.");

    private static bool IsEquality(FilterSyntax filter) => filter.Operator is ComparisonOperator.Equal or ComparisonOperator.NotEqual;

    private static Comparison ToComparison(ComparisonOperator comparisonOperator) => comparisonOperator switch
    {
        ComparisonOperator.Equal => Comparison.Equal,
        ComparisonOperator.NotEqual => Comparison.NotEqual,
        ComparisonOperator.Greater => Comparison.Greater,
        ComparisonOperator.GreaterOrEqual => Comparison.GreaterOrEqual,
        ComparisonOperator.Less => Comparison.Less,
        ComparisonOperator.LessOrEqual => Comparison.LessOrEqual,
        _ => throw new UnreachableException(),
    };
}
