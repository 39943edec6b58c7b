namespace DiscreetDb.Language.Lexis;

/// <summary>What stands at a place of a text.</summary>
internal enum TokenKind : byte
{
    /// <summary>The text is over.</summary>
    End,

    /// <summary>A run of letters, digits and underscores. Where a value is expected, digits are read as a number.</summary>
    Word,

    /// <summary><c>-</c> directly before an ASCII digit; the rest is read where a value is expected.</summary>
    NegativeNumber,

    /// <summary><c>$</c> and the identifier that follows it directly.</summary>
    Variable,

    /// <summary><c>@</c> and the identifier that follows it directly.</summary>
    Annotation,

    /// <summary>A string with its quotes, escapes not yet looked at.</summary>
    String,

    /// <summary>A quote without its partner.</summary>
    UnterminatedString,

    OpenBrace,
    CloseBrace,
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    Colon,
    Comma,
    Dot,

    /// <summary><c>-></c>, part of a JSON selector.</summary>
    Arrow,

    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,

    /// <summary>One character that begins no token.</summary>
    Unknown,
}
