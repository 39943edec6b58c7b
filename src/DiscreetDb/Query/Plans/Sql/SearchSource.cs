using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>
/// Rows found by their text, which stands in the index under the number of the row. The transaction of a search begins when
/// the index has taken in every change, so an old version or a deleted row is never found.
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
        string condition = $"{source.Scope.Alias}.\"$doc\" = f.\"rowid\"";
        return source with
        {
            From = $"{text}({match}) f JOIN {source.From}",
            Condition = source.Condition.Length == 0 ? condition : $"{condition} AND {source.Condition}",
        };
    }
}
