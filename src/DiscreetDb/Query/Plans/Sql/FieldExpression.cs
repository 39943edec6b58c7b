using System.Diagnostics;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>
/// The only producer of the SQL for a field. A declared field is its plain column, which holds the effective value, so an
/// index can always serve it.
/// </summary>
internal sealed class FieldExpression(Entity entity, RowScope scope, StatementParameters parameters)
{
    /// <summary>The user who made the newest operation, as a number: cheaper to compare than the key.</summary>
    public string Author => Column(SystemFields.VerifyingKey);

    /// <summary>The column behind a field: of a scalar or single relation its value.</summary>
    public string Column(Field field) => $"{scope.Alias}.{SqlName.Quote(field.ColumnName)}";

    public string Of(Expr expr) => expr switch
    {
        Expr.Column column => Of(column.Field),
        Expr.JsonAt json => $"{Column(json.Field)} ->> {parameters.OfText(json.Path.Text)}",
        Expr.Rank => SearchSource.Rank,
        Expr.Aggregate { Kind: AggregateKind.Count } => "count(*)",
        Expr.Aggregate aggregate => $"{FunctionName(aggregate.Kind)}({Of(aggregate.Field!)})", // all but Count have a field
        _ => throw new UnreachableException(),
    };

    public string Of(Field field) => field.System switch
    {
        SystemField.None => Column(field),
        SystemField.Id => scope.Id,
        SystemField.RoomId or SystemField.Cdate or SystemField.Mdate or SystemField.Binary => Column(field),
        SystemField.VerifyingKey => KeyOf(Column(field)),
        SystemField.Signature => $"(SELECT \"signature\" FROM \"$commit\" WHERE \"no\" = {Column(field)})",
        SystemField.EntityName => parameters.OfText(entity.CanonicalName),
        SystemField.JsonText => RowJsonExpression.Of(entity, this, parameters),
        _ => throw new UnreachableException($"`{field.Name}` is no scalar."),
    };

    /// <summary>What of this row leads to the rows of a nested read.</summary>
    public string LinkFrom(Source source) => source switch
    {
        Source.Reference reference => Column(reference.Field),
        Source.Links => scope.Id,
        Source.SystemLink { Field: SystemField.SysRoom } => Column(SystemFields.SysRoom),
        Source.SystemLink { Field: SystemField.SysPeer } => Column(SystemFields.SysPeer),
        _ => throw new UnreachableException($"{source} starts at no row."),
    };

    /// <summary>The verifying key of a user known by number.</summary>
    public static string KeyOf(string number) => $"(SELECT \"key\" FROM \"$user\" WHERE \"no\" = {number})";

    private static string FunctionName(AggregateKind kind) => kind switch
    {
        AggregateKind.Total => "total",
        AggregateKind.Average => "avg",
        AggregateKind.Min => "min",
        AggregateKind.Max => "max",
        _ => throw new UnreachableException(),
    };
}
