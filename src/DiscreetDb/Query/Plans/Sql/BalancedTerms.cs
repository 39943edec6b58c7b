namespace DiscreetDb.Query.Plans.Sql;

/// <summary>
/// Terms joined by an operator as a balanced tree: SQLite bounds the depth of an expression, and a chain of n terms is n
/// deep.
/// </summary>
internal static class BalancedTerms
{
    private const int FlatCount = 8;

    public static string Join(ReadOnlySpan<string> terms, string separator)
    {
        if (terms.Length <= FlatCount)
        {
            return string.Join(separator, terms!);
        }

        int half = terms.Length / 2;
        return $"({Join(terms[..half], separator)}){separator}({Join(terms[half..], separator)})";
    }
}
