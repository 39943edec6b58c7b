using System.Collections.Immutable;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Query.Lowering;

/// <summary>Order, first, skip, after and before of a selection (dialect §6.5, §6.6).</summary>
internal sealed class OrderResolver(ResolutionContext context, SelectionResolver selection)
{
    public ImmutableArray<OrderKey> ResolveOrder(SelectionParameters parameters)
    {
        if (parameters.OrderBy.Length > Limits.OrderKeyCount)
        {
            throw context.Error(
                ErrorCode.TooComplex,
                parameters.OrderBy[Limits.OrderKeyCount].Key.Span,
                $"The selection has {parameters.OrderBy.Length} order keys, more than {Limits.OrderKeyCount}.");
        }

        return [.. parameters.OrderBy.Select(ResolveKey).OfType<OrderKey>()];
    }

    public Page ResolvePage(SelectionParameters parameters, ImmutableArray<OrderKey> keys)
    {
        if (parameters is { Before: { } unwanted, After: not null })
        {
            throw context.Error(ErrorCode.IncompatibleParameters, unwanted.Span, "`before` and `after` exclude each other.");
        }

        return new Page(
            ReadCount(parameters.First, "first"),
            ReadCount(parameters.Skip, "skip"),
            ReadTuple(parameters.After, keys, "after"),
            ReadTuple(parameters.Before, keys, "before"));
    }

    /// <summary>Null for a key that orders nothing: a column where all rows are one group.</summary>
    private OrderKey? ResolveKey(OrderSyntax syntax)
    {
        SelectedItem? item = selection.FindItem(syntax.Key.Text);
        Field? field = item is null ? selection.FindField(syntax.Key) : null;
        if (item?.Relation is not null || field is { IsRelation: true })
        {
            throw context.Error(ErrorCode.InvalidFieldType, syntax.Key.Span, $"`{syntax.Key.Text}` is a relation and has no order.");
        }

        Expr expr = item?.Expr ?? new Expr.Column(field!); // without an item the field was found
        if (expr is Expr.Column { Field.Type: FieldType.Json })
        {
            throw context.Error(
                ErrorCode.InvalidFieldType, syntax.Key.Span, $"`{syntax.Key.Text}` is Json: order by the alias of a selector.");
        }

        if (!selection.IsGrouped || selection.Items.Any(selected => expr.Equals(selected.Expr)))
        {
            return new OrderKey(expr, syntax.Descending);
        }

        return selection.HasGroupKeys
            ? throw context.Error(
                ErrorCode.InvalidAggregate,
                syntax.Key.Span,
                $"`{syntax.Key.Text}` is not the same in all rows of a group: select it, or order by an aggregate of it.")
            : null;
    }

    /// <summary>Zero is no limit and leaves nothing out, so it is as if it did not stand there.</summary>
    private Operand? ReadCount(SyntaxValue? value, string keyword) => value switch
    {
        null or SyntaxValue.Integer { Value: 0 } => null,
        SyntaxValue.Integer { Value: < 0 } => throw context.Error(
            ErrorCode.InvalidPagingValue, value.Span, $"`{keyword}` is not negative."),
        _ => context.ReadOperand(value, VariableType.Count, $"`{keyword}`", ErrorCode.InvalidPagingValue),
    };

    private ImmutableArray<Operand> ReadTuple(PagingSyntax? paging, ImmutableArray<OrderKey> keys, string keyword)
    {
        if (paging is null)
        {
            return [];
        }

        if (paging.Values.Length > keys.Length)
        {
            throw context.Error(
                ErrorCode.IncompatibleParameters,
                paging.Span,
                $"`{keyword}` has {paging.Values.Length} values and `order_by` {keys.Length} keys: each value needs its key.");
        }

        return [.. paging.Values.Select((value, index) => context.ReadOperand(
            value, keys[index].Expr.Type, $"Value {index + 1} of `{keyword}`", ErrorCode.InvalidPagingValue))];
    }
}
