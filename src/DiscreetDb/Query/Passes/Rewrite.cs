using System.Collections.Immutable;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Passes;

/// <summary>
/// Makes what the language leaves unsaid explicit: the tie-break of every order, paging values as a condition, the sieve
/// for what is nested, and who counts the rows of a page.
/// </summary>
internal static class Rewrite
{
    public static QueryOperation Run(QueryOperation operation) =>
        operation with { Roots = [.. operation.Roots.Select(root => root with { Read = Run(root.Read) })] };

    private static EntityRead Run(EntityRead read)
    {
        EntityRead own = ApplyPaging(read) with { Order = CompleteOrder(read) };
        ImmutableArray<SieveTerm> sieve = [.. GetNested(read).Select(nested => Sieve.Of(ApplyPaging(nested)))];
        bool isExact = sieve.All(term => term.IsExact);
        return own with
        {
            Where = Predicate.All([.. GetTerms(own.Where), .. sieve.Select(term => term.Condition)]),
            Page = own.Page with { Counter = isExact ? PageCounter.Statement : PageCounter.Writer },
            Shape = Run(own.Shape),
        };
    }

    private static Shape Run(Shape shape) => shape with { Fields = [.. shape.Fields.Select(Run)] };

    private static SelectedField Run(SelectedField field) =>
        field is SelectedField.Nested nested ? nested with { Read = Run(nested.Read) } : field;

    private static IEnumerable<EntityRead> GetNested(EntityRead read) =>
        read.Shape.Fields.OfType<SelectedField.Nested>().Select(nested => nested.Read);

    private static ImmutableArray<Predicate> GetTerms(Predicate predicate) =>
        predicate is Predicate.And and ? and.Terms : [predicate];

    private static EntityRead ApplyPaging(EntityRead read)
    {
        if (!read.Page.IsKeyset)
        {
            return read;
        }

        bool isAfter = !read.Page.After.IsEmpty;
        ImmutableArray<Operand> values = isAfter ? read.Page.After : read.Page.Before;
        Predicate keyset = new Predicate.Keyset(read.Order[..values.Length], values, isAfter);
        Page page = read.Page with { After = [], Before = [] };
        return read.Shape is Shape.Groups groups
            ? read with { Page = page, Shape = groups with { Having = Predicate.All([.. GetTerms(groups.Having), keyset]) } }
            : read with { Page = page, Where = Predicate.All([.. GetTerms(read.Where), keyset]) };
    }

    private static ImmutableArray<OrderKey> CompleteOrder(EntityRead read)
    {
        if (read.Shape is Shape.Groups groups)
        {
            IEnumerable<OrderKey> missing = groups.Keys.Where(key => !Contains(read.Order, key)).Select(key => new OrderKey(key, false));
            return [.. read.Order, .. missing];
        }

        if (read.Source is Source.Reference or Source.SystemLink { Field: SystemField.SysRoom })
        {
            return [];
        }

        bool isByRank = read is { Search: not null, Order.IsEmpty: true, Entity.HasFullText: true };
        return EndWithId(isByRank ? [new OrderKey(new Expr.Rank(), false)] : read.Order);
    }

    /// <summary>Ids differ, so keys behind the id never decide.</summary>
    private static ImmutableArray<OrderKey> EndWithId(ImmutableArray<OrderKey> order)
    {
        OrderKey? id = order.FirstOrDefault(key => key.Expr is Expr.Column { Field.System: SystemField.Id });
        return id is null
            ? [.. order, new OrderKey(new Expr.Column(SystemFields.Id), false)]
            : order[..(order.IndexOf(id) + 1)];
    }

    private static bool Contains(ImmutableArray<OrderKey> order, Expr expr) => order.Any(key => key.Expr.Equals(expr));
}
