using System.Buffers;
using System.Text;

namespace DiscreetDb.Storage;

/// <summary>The text of a search as the index reads it (dialect §6.7).</summary>
internal static class SearchText
{
    /// <summary>The index holds trigrams: a shorter term is in none.</summary>
    public const int ShortestTerm = 3;

    /// <summary>
    /// The terms of the text, folded as the index is and each quoted, so that no text is a syntax error and no word an operator.
    /// Null when no term is long enough: then nothing matches.
    /// </summary>
    /// <exception cref="DiscreetException">TooComplex: more than <see cref="Limits.SearchTermCount" /> different terms.</exception>
    public static string? ToMatch(ReadOnlySpan<byte> utf8)
    {
        ArrayBufferWriter<byte> folded = new(utf8.Length + 1);
        TextFold.Append(utf8, folded);
        StringBuilder match = new();
        HashSet<string> terms = new(StringComparer.Ordinal);
        foreach (string term in Encoding.UTF8.GetString(folded.WrittenSpan).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (IsLongEnough(term) && terms.Add(term))
            {
                match.Append(match.Length == 0 ? "\"" : " \"").Append(term.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
            }
        }

        if (terms.Count > Limits.SearchTermCount)
        {
            throw new DiscreetException(
                ErrorCode.TooComplex, $"The search has {terms.Count} different terms, more than {Limits.SearchTermCount}: search for fewer.");
        }

        return match.Length == 0 ? null : match.ToString();
    }

    private static bool IsLongEnough(string term)
    {
        int count = 0;
        foreach (Rune _ in term.EnumerateRunes())
        {
            if (++count == ShortestTerm)
            {
                return true;
            }
        }

        return false;
    }
}
