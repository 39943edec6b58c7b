namespace DiscreetDb.Query.Plans.Sql;

/// <summary>A row in SQL: the alias of its table, and the cheapest expression for its id.</summary>
internal readonly record struct RowScope(string Alias, string Id)
{
    public static RowScope OfTable(string alias) => new(alias, $"{alias}.\"id\"");

    /// <summary>A row reached by a link: the link has the id, in the order of the link table's key.</summary>
    public static RowScope OfLink(string alias, string link) => new(alias, $"{link}.\"dest\"");
}
