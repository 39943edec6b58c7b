using System.Diagnostics;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>The tables that lead from a parent's row to the rows of a nested read, and the condition that ties them to it.</summary>
/// <param name="From">The tables behind FROM.</param>
/// <param name="Condition">What ties them to the parent; empty for all rows.</param>
/// <param name="Scope">The row read.</param>
internal readonly record struct NestedSource(string From, string Condition, RowScope Scope)
{
    /// <param name="read">The nested read.</param>
    /// <param name="parent">
    /// What of the parent's row leads here: <see cref="FieldExpression.LinkFrom" /> or a parameter bound to its value.
    /// </param>
    /// <param name="alias">Alias of the entity's table.</param>
    /// <param name="link">Alias of the link table.</param>
    public static NestedSource Of(EntityRead read, string parent, string alias, string link)
    {
        string table = $"{SqlName.Quote(read.Entity.TableName)} {alias}";
        RowScope scope = RowScope.OfTable(alias);
        return read.Source switch
        {
            Source.AllRows => new NestedSource(table, "", scope),
            Source.Reference or Source.SystemLink { Field: SystemField.SysRoom } =>
                new NestedSource(table, $"{scope.Id} = {parent}", scope),
            Source.Links links => new NestedSource(
                $"{SqlName.Quote(links.Field.ColumnName)} {link} JOIN {table} ON {scope.Id} = {link}.\"dest\"",
                $"{link}.\"src\" = {parent}",
                RowScope.OfLink(alias, link)),
            Source.SystemLink { Field: SystemField.SysPeer } => new NestedSource(
                table,
                $"{alias}.\"$creator\" = {parent} AND {alias}.{GetPubKeyColumn(read.Entity)} = {FieldExpression.KeyOf(parent)}",
                scope),
            _ => throw new UnreachableException(),
        };
    }

    private static string GetPubKeyColumn(Entity peer) => SqlName.Quote(peer.FindField("pub_key")!.ColumnName); // declared in schema/system.model
}
