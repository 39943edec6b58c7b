using System.Text;

namespace DiscreetDb.Language.Lexis;

/// <summary>
/// Cuts valid UTF-8 into the tokens of dialect §2, which all four texts share: model, query, mutate, delete. Total: every
/// byte sequence yields tokens, and whatever begins none is <see cref="TokenKind.Unknown" />. Allocates nothing.
/// </summary>
/// <remarks>
/// No word is reserved and an identifier may begin with a digit, so the lexer cannot tell <c>12</c> the name from
/// <c>12</c> the number. It yields a word, and <see cref="NumberScanner" /> reads it again where the grammar wants a value.
/// </remarks>
internal static class Lexer
{
    /// <summary>The token that begins at or after the position, white space and comments passed over.</summary>
    public static Token Next(ReadOnlySpan<byte> text, int position)
    {
        int start = SkipBlank(text, position);
        if (start == text.Length)
        {
            return new Token(TokenKind.End, start, 0);
        }

        int wordLength = Identifier.Measure(text[start..]);
        return wordLength > 0
            ? new Token(TokenKind.Word, start, wordLength)
            : ReadOther(text, start);
    }

    private static int SkipBlank(ReadOnlySpan<byte> text, int position)
    {
        while (position < text.Length)
        {
            byte c = text[position];
            if (c is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                position++;
                continue;
            }

            if (c != (byte)'/' || !text[position..].StartsWith("//"u8))
            {
                break;
            }

            int length = text[position..].IndexOf((byte)'\n');
            position = length < 0 ? text.Length : position + length + 1;
        }

        return position;
    }

    private static Token ReadOther(ReadOnlySpan<byte> text, int start)
    {
        byte next = start + 1 < text.Length ? text[start + 1] : (byte)0;
        return (char)text[start] switch
        {
            '{' => new Token(TokenKind.OpenBrace, start, 1),
            '}' => new Token(TokenKind.CloseBrace, start, 1),
            '(' => new Token(TokenKind.OpenParenthesis, start, 1),
            ')' => new Token(TokenKind.CloseParenthesis, start, 1),
            '[' => new Token(TokenKind.OpenBracket, start, 1),
            ']' => new Token(TokenKind.CloseBracket, start, 1),
            ':' => new Token(TokenKind.Colon, start, 1),
            ',' => new Token(TokenKind.Comma, start, 1),
            '.' => new Token(TokenKind.Dot, start, 1),
            '=' => new Token(TokenKind.Equal, start, 1),
            '!' when next == (byte)'=' => new Token(TokenKind.NotEqual, start, 2),
            '>' when next == (byte)'=' => new Token(TokenKind.GreaterOrEqual, start, 2),
            '>' => new Token(TokenKind.Greater, start, 1),
            '<' when next == (byte)'=' => new Token(TokenKind.LessOrEqual, start, 2),
            '<' => new Token(TokenKind.Less, start, 1),
            '-' when next == (byte)'>' => new Token(TokenKind.Arrow, start, 2),
            '-' when char.IsAsciiDigit((char)next) => new Token(TokenKind.NegativeNumber, start, 1),
            '$' => ReadPrefixed(text, start, TokenKind.Variable),
            '@' => ReadPrefixed(text, start, TokenKind.Annotation),
            '"' => ReadString(text, start),
            _ => ReadUnknown(text, start),
        };
    }

    private static Token ReadPrefixed(ReadOnlySpan<byte> text, int start, TokenKind kind)
    {
        int nameLength = Identifier.Measure(text[(start + 1)..]);
        return nameLength > 0
            ? new Token(kind, start, nameLength + 1)
            : new Token(TokenKind.Unknown, start, 1);
    }

    private static Token ReadString(ReadOnlySpan<byte> text, int start)
    {
        int position = start + 1;
        while (true)
        {
            int length = text[position..].IndexOfAny((byte)'"', (byte)'\\');
            if (length < 0)
            {
                break;
            }

            position += length;
            if (text[position] == (byte)'"')
            {
                return new Token(TokenKind.String, start, position + 1 - start);
            }

            // A backslash takes the character after it along, so that \" does not end the string.
            position += 2;
            if (position > text.Length)
            {
                break;
            }
        }

        return new Token(TokenKind.UnterminatedString, start, text.Length - start);
    }

    private static Token ReadUnknown(ReadOnlySpan<byte> text, int start)
    {
        Rune.DecodeFromUtf8(text[start..], out _, out int length);
        return new Token(TokenKind.Unknown, start, length);
    }
}
