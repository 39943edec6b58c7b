using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans;

/// <summary>The text of a search as a plan binds it.</summary>
internal static class SearchTerms
{
    /// <summary>An empty phrase, which matches nothing.</summary>
    private const string Nothing = "\"\"";

    /// <exception cref="DiscreetException">TooComplex.</exception>
    public static string ToMatch(ReadOnlySpan<byte> utf8) => SearchText.ToMatch(utf8) ?? Nothing;
}
