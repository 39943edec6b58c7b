using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>
/// Rows found by their text. The index knows a row under the number it had when it was taken in; a row that changed since
/// has another, so an old version or a deleted row is never found.
/// </summary>
internal static class SearchSource
{
    public const string Rank = "f.\"rank\"";

    /// <param name="source">Where the rows come from otherwise.</param>
    /// <param name="read">The read.</param>
    /// <param name="match">The parameter of the terms.</param>
    public static NestedSource Add(NestedSource source, EntityRead read, string match)
    {
        string text = SqlName.Quote($"{read.Entity.TableName}.$text");
        string doc = SqlName.Quote($"{read.Entity.TableName}.$doc");
        string alias = source.Scope.Alias;
        return source with
        {
            From = $"{text}({match}) f JOIN {doc} d ON d.\"doc\" = f.\"rowid\" JOIN {source.From}",
            Condition = string.Join(
                " AND ", new[] { $"{alias}.\"id\" = d.\"id\" AND {alias}.\"$doc\" = d.\"doc\"", source.Condition }.Where(c => c.Length > 0)),
        };
    }
}
