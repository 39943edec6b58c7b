namespace DiscreetDb.Language.Dialect;

/// <summary>Text to syntax tree for query, mutate and delete. Knows no model.</summary>
internal static class DialectParser
{
    /// <exception cref="DiscreetException">With a location, for everything that is wrong in the text.</exception>
    public static QueryDocument ParseQuery(ReadOnlyMemory<byte> utf8) => throw new NotSupportedException();

    /// <inheritdoc cref="ParseQuery" />
    public static MutationDocument ParseMutation(ReadOnlyMemory<byte> utf8) => throw new NotSupportedException();

    /// <inheritdoc cref="ParseQuery" />
    public static DeletionDocument ParseDeletion(ReadOnlyMemory<byte> utf8) => throw new NotSupportedException();
}
