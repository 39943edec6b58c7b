using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Dialect;

/// <summary>
/// Text to syntax tree for query, mutate and delete (dialect §6.1, §7.1, §8; the grammar stands in
/// <c>schema/dialect.ebnf</c>). Knows no model. What can be judged without one is judged here: the grammar, literals, keys
/// given twice, aliases that begin with an underscore, and the bounds of dialect §10.
/// </summary>
internal static class DialectParser
{
    /// <exception cref="DiscreetException">With a location, for everything that is wrong in the text.</exception>
    public static QueryDocument ParseQuery(ReadOnlyMemory<byte> utf8) =>
        new QueryParser(TokenReader.Open(utf8, Limits.TextSizeBytes)).Parse();

    /// <inheritdoc cref="ParseQuery" />
    public static MutationDocument ParseMutation(ReadOnlyMemory<byte> utf8) =>
        new MutationParser(TokenReader.Open(utf8, Limits.TextSizeBytes)).Parse();

    /// <inheritdoc cref="ParseQuery" />
    public static DeletionDocument ParseDeletion(ReadOnlyMemory<byte> utf8) =>
        new DeletionParser(TokenReader.Open(utf8, Limits.TextSizeBytes)).Parse();
}
