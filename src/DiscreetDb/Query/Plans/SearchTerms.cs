using System.Text;

namespace DiscreetDb.Query.Plans;

/// <summary>
/// The text of a search as the index reads it (dialect §6.7): every term quoted, so no text is a syntax error and no word
/// an operator.
/// </summary>
internal static class SearchTerms
{
    /// <summary>The index holds trigrams: a shorter term is in none.</summary>
    private const int ShortestTerm = 3;

    /// <summary>An empty phrase, which matches nothing.</summary>
    private const string Nothing = "\"\"";

    /// <exception cref="DiscreetException">TooComplex: more than <see cref="Limits.SearchTermCount" /> terms.</exception>
    public static string ToMatch(ReadOnlySpan<byte> utf8)
    {
        HashSet<string> terms = new(StringComparer.Ordinal);
        StringBuilder match = new();
        foreach (string term in Encoding.UTF8.GetString(utf8).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (term.EnumerateRunes().Count() >= ShortestTerm && terms.Add(term))
            {
                match.Append(match.Length == 0 ? "\"" : " \"").Append(term.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
        }

        if (terms.Count > Limits.SearchTermCount)
        {
            throw new DiscreetException(
                ErrorCode.TooComplex, $"The search has {terms.Count} different terms, more than {Limits.SearchTermCount}: search for fewer.");
        }

        return match.Length == 0 ? Nothing : match.ToString();
    }
}
