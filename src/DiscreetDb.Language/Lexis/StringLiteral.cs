using System.Globalization;
using System.Text;

namespace DiscreetDb.Language.Lexis;

/// <summary>
/// The value of a string literal. Escapes are those of JSON; U+0000 and unpaired surrogates are refused, escaped or raw,
/// because SQLite's text functions and every peer's UTF-8 decoder would read another value.
/// </summary>
internal static class StringLiteral
{
    /// <summary>Unescapes a <see cref="TokenKind.String" /> token.</summary>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.InvalidString" /> at the escape or character.</exception>
    public static string Decode(SourceText source, Token token)
    {
        ReadOnlySpan<byte> content = source.Utf8.Span.Slice(token.Start + 1, token.Length - 2);
        int zero = content.IndexOf((byte)0);
        if (zero >= 0)
        {
            throw source.Error(ErrorCode.InvalidString, new SourceSpan(token.Start + 1 + zero, 1), "A string cannot hold U+0000.");
        }

        return content.Contains((byte)'\\')
            ? Unescape(source, content, token.Start + 1)
            : Encoding.UTF8.GetString(content);
    }

    private static string Unescape(SourceText source, ReadOnlySpan<byte> content, int offset)
    {
        var text = new StringBuilder(content.Length);
        int position = 0;
        while (position < content.Length)
        {
            int plain = content[position..].IndexOf((byte)'\\');
            if (plain < 0)
            {
                plain = content.Length - position;
            }

            text.Append(Encoding.UTF8.GetString(content.Slice(position, plain)));
            position += plain;
            if (position < content.Length)
            {
                position += AppendEscape(source, content[position..], offset + position, text);
            }
        }

        return text.ToString();
    }

    /// <summary>Appends what the escape stands for and returns its length.</summary>
    private static int AppendEscape(SourceText source, ReadOnlySpan<byte> escape, int offset, StringBuilder text)
    {
        if (escape[1] == (byte)'u')
        {
            return AppendUnicode(source, escape, offset, text);
        }

        text.Append((char)escape[1] switch
        {
            '"' => '"',
            '\\' => '\\',
            '/' => '/',
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => throw source.Error(
                ErrorCode.InvalidString, new SourceSpan(offset, 2), "Unknown escape; known are \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX."),
        });
        return 2;
    }

    private static int AppendUnicode(SourceText source, ReadOnlySpan<byte> escape, int offset, StringBuilder text)
    {
        const int Length = 6;
        if (!TryReadUnit(escape, out char first))
        {
            throw source.Error(
                ErrorCode.InvalidString, new SourceSpan(offset, 2), "\\u is followed by four hexadecimal digits.");
        }

        if (first == '\0')
        {
            throw source.Error(ErrorCode.InvalidString, new SourceSpan(offset, Length), "A string cannot hold U+0000.");
        }

        if (!char.IsSurrogate(first))
        {
            text.Append(first);
            return Length;
        }

        if (!TryReadUnit(escape[Length..], out char second) || !char.IsSurrogatePair(first, second))
        {
            throw source.Error(
                ErrorCode.InvalidString, new SourceSpan(offset, Length), "A surrogate needs its partner: a high one, then a low one.");
        }

        text.Append(first).Append(second);
        return 2 * Length;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> escape, out char unit)
    {
        unit = default;
        if (escape.Length < 6 || !escape.StartsWith("\\u"u8)
            || !ushort.TryParse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort value))
        {
            return false;
        }

        unit = (char)value;
        return true;
    }
}
