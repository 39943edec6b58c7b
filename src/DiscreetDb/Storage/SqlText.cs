namespace DiscreetDb.Storage;

/// <summary>SQL spellings.</summary>
internal static class SqlText
{
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
