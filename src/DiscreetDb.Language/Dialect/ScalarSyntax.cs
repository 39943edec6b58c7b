using System.Globalization;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Dialect;

/// <summary>Variables and literals where the grammar wants a value.</summary>
internal static class ScalarSyntax
{
    /// <summary>Takes a variable, float, string, integer, boolean or null.</summary>
    /// <exception cref="DiscreetException">SyntaxError, or the error of a literal with invalid content.</exception>
    public static SyntaxValue Expect(ref TokenReader tokens, string expected) => tokens.Current.Kind switch
    {
        TokenKind.Variable => TakeVariable(ref tokens),
        TokenKind.String => TakeString(ref tokens),
        TokenKind.NegativeNumber => TakeNumber(ref tokens),
        TokenKind.Word => TakeWord(ref tokens, expected),
        _ => throw tokens.Unexpected(expected),
    };

    /// <summary>Takes a variable.</summary>
    /// <exception cref="DiscreetException">SyntaxError.</exception>
    public static SyntaxValue.Variable ExpectVariable(ref TokenReader tokens, string expected) =>
        tokens.Is(TokenKind.Variable) ? TakeVariable(ref tokens) : throw tokens.Unexpected(expected);

    private static SyntaxValue.Variable TakeVariable(ref TokenReader tokens)
    {
        Token token = tokens.Take();
        return new SyntaxValue.Variable(tokens.TextOf(token)[1..], token.Span);
    }

    private static SyntaxValue.Text TakeString(ref TokenReader tokens)
    {
        Token token = tokens.Take();
        return new SyntaxValue.Text(StringLiteral.Decode(tokens.Source, token), token.Span);
    }

    private static SyntaxValue TakeWord(ref TokenReader tokens, string expected)
    {
        if (char.IsAsciiDigit((char)tokens.Rest()[0]))
        {
            return TakeNumber(ref tokens);
        }

        if (tokens.IsInAnyCase("true"u8))
        {
            return new SyntaxValue.Boolean(true, tokens.Take().Span);
        }

        if (tokens.IsInAnyCase("false"u8))
        {
            return new SyntaxValue.Boolean(false, tokens.Take().Span);
        }

        return tokens.IsInAnyCase("null"u8)
            ? new SyntaxValue.Null(tokens.Take().Span)
            : throw tokens.Unexpected(expected);
    }

    private static SyntaxValue TakeNumber(ref TokenReader tokens)
    {
        ReadOnlySpan<byte> rest = tokens.Rest();
        bool valid = NumberScanner.TryMeasure(rest, out int length, out bool isFloat);
        ReadOnlySpan<byte> digits = rest[..length];
        SourceSpan span = tokens.TakeBytes(length);
        if (!valid)
        {
            throw tokens.Unexpected(span, "a number such as 12 or 1.0e3");
        }

        return isFloat ? ReadFloat(ref tokens, digits, span) : ReadInteger(ref tokens, digits, span);
    }

    private static SyntaxValue.Integer ReadInteger(ref TokenReader tokens, ReadOnlySpan<byte> digits, SourceSpan span) =>
        long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value)
            ? new SyntaxValue.Integer(value, span)
            : throw tokens.Source.Error(
                ErrorCode.IntegerOutOfRange, span, $"An integer lies between {long.MinValue} and {long.MaxValue}.");

    private static SyntaxValue.Float ReadFloat(ref TokenReader tokens, ReadOnlySpan<byte> digits, SourceSpan span)
    {
        double value = double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new SyntaxValue.Float(value, span)
            : throw tokens.Source.Error(
                ErrorCode.InvalidFloat, span, $"A float lies between {double.MinValue:R} and {double.MaxValue:R}.");
    }
}
