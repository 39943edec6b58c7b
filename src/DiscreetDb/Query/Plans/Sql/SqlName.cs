namespace DiscreetDb.Query.Plans.Sql;

/// <summary>Names in SQL text. Every name is quoted, so no name is a keyword.</summary>
internal static class SqlName
{
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
