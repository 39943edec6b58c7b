namespace DiscreetDb.Language.Lexis;

/// <summary>One token: its kind and the bytes it covers.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length)
{
    /// <summary>The first byte after the token.</summary>
    public int End => Start + Length;

    /// <summary>The bytes it covers, as a place.</summary>
    public SourceSpan Span => new(Start, Length);
}
