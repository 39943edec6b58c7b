using System.Collections.Immutable;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Query.Plans.Sql;

namespace DiscreetDb.Query.Plans.Grouping;

/// <summary>
/// Decides whether the groups of a read are formed here: all of them, by plain columns, of numbers, in the order of the keys.
/// Everything else (conditions on groups, other orders, pages, least and greatest texts) is SQLite's.
/// </summary>
internal static class GroupingFactory
{
    /// <summary>Null where SQLite groups. Otherwise the statement has the columns that are needed.</summary>
    /// <param name="read">A read of groups.</param>
    /// <param name="statement">The statement of that read, still without columns.</param>
    /// <param name="prefixOf">Brace or comma, key and colon of a member.</param>
    public static GroupingPlan? TryCreate(EntityRead read, StatementBuilder statement, Func<SelectedField, int, byte[]> prefixOf)
    {
        if (read.Shape is not Shape.Groups { IsList: true, Having: Predicate.True } groups
            || read.Page.IsLimited
            || read.Page.IsKeyset
            || read.Search is not null
            || !IsInOrderOfKeys(read.Order, [.. groups.Keys])
            || !groups.Fields.All(IsSimple))
        {
            return null;
        }

        var keys = ImmutableArray.CreateBuilder<GroupKey>();
        var aggregates = ImmutableArray.CreateBuilder<GroupAggregate>();
        var members = ImmutableArray.CreateBuilder<GroupMember>(groups.Fields.Length);
        foreach (SelectedField.Scalar field in groups.Fields.Cast<SelectedField.Scalar>())
        {
            byte[] prefix = prefixOf(field, members.Count);
            if (field.Expr is Expr.Aggregate aggregate)
            {
                members.Add(new GroupMember(prefix, IsKey: false, aggregates.Count));
                aggregates.Add(Of(aggregate, statement));
                continue;
            }

            members.Add(new GroupMember(prefix, IsKey: true, keys.Count));
            keys.Add(new GroupKey(statement.AddColumn(field.Expr), field.Expr.Type.Kind));
        }

        return new GroupingPlan(keys.DrainToImmutable(), aggregates.DrainToImmutable(), members.DrainToImmutable());
    }

    private static bool IsInOrderOfKeys(ImmutableArray<OrderKey> order, ImmutableArray<Expr> keys) =>
        keys.Length > 0 && keys.Length == order.Length && order.Zip(keys).All(pair => !pair.First.IsDescending && pair.First.Expr == pair.Second);

    private static bool IsSimple(SelectedField field) => field is SelectedField.Scalar scalar && scalar.Expr switch
    {
        Expr.Column { Field.System: SystemField.None or SystemField.RoomId or SystemField.Cdate or SystemField.Mdate } column => IsKeyKind(column.Type.Kind),
        Expr.Aggregate { Field: { } of } => of.Type is FieldType.Integer or FieldType.Float,
        Expr.Aggregate => true,
        _ => false,
    };

    private static bool IsKeyKind(VariableKind kind) =>
        kind is VariableKind.Boolean or VariableKind.Integer or VariableKind.Float or VariableKind.String or VariableKind.Base64;

    private static GroupAggregate Of(Expr.Aggregate aggregate, StatementBuilder statement) => aggregate.Field is { } field
        ? new GroupAggregate(aggregate.Kind, statement.AddColumn(new Expr.Column(field)), field.Type == FieldType.Integer)
        : new GroupAggregate(aggregate.Kind, -1, IsInteger: true);
}
