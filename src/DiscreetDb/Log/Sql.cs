namespace DiscreetDb.Log;

/// <summary>Spelling of SQL texts.</summary>
internal static class Sql
{
    /// <summary>A name in double quotes; every name of a model is quoted, so no word is reserved.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
