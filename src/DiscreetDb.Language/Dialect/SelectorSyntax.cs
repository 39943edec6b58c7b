using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Dialect;

/// <summary>
/// JSON selectors, dialect §6.9: <c>field->2</c>, <c>field->$</c>, <c>field->$.a.b[2].c</c>. A selector is one token, so
/// it is read byte by byte and holds neither white space nor comments.
/// </summary>
internal static class SelectorSyntax
{
    private const int ArrowLength = 2;

    /// <summary>Takes the selector that begins at the current word.</summary>
    /// <exception cref="DiscreetException">SyntaxError, or IntegerOutOfRange for an index.</exception>
    public static JsonSelector Take(ref TokenReader tokens)
    {
        var field = new Name(tokens.TextOf(tokens.Current), tokens.Current.Span);
        ReadOnlySpan<byte> text = tokens.Rest();
        int position = tokens.Current.Length + ArrowLength;
        var path = ImmutableArray.CreateBuilder<JsonStep>();
        if (text[position..] is [(byte)'$', ..])
        {
            position++;
            position += ReadMembers(ref tokens, text, position, path);
        }
        else
        {
            position += ReadIndex(ref tokens, text, position, "an array index or `$` directly after `->`", path);
        }

        if (Identifier.Measure(text[position..]) > 0)
        {
            throw Unexpected(ref tokens, position, "the end of the JSON selector");
        }

        return new JsonSelector(field, path.DrainToImmutable(), tokens.TakeBytes(position));
    }

    private static int ReadMembers(ref TokenReader tokens, ReadOnlySpan<byte> text, int start, ImmutableArray<JsonStep>.Builder path)
    {
        int position = start;
        while (text[position..] is [(byte)'.', ..])
        {
            position++;
            int length = Identifier.Measure(text[position..]);
            if (length == 0)
            {
                throw Unexpected(ref tokens, position, "a member name directly after `.`");
            }

            path.Add(new JsonStep(Encoding.UTF8.GetString(text.Slice(position, length)), 0));
            position += length;
            if (text[position..] is [(byte)'[', ..])
            {
                position++;
                position += ReadIndex(ref tokens, text, position, "an array index directly after `[`", path);
                RequireCloseBracket(ref tokens, text, position);
                position++;
            }
        }

        return position - start;
    }

    private static void RequireCloseBracket(ref TokenReader tokens, ReadOnlySpan<byte> text, int position)
    {
        if (text[position..] is not [(byte)']', ..])
        {
            throw Unexpected(ref tokens, position, "`]` directly after the array index");
        }
    }

    private static int ReadIndex(
        ref TokenReader tokens, ReadOnlySpan<byte> text, int position, string expected, ImmutableArray<JsonStep>.Builder path)
    {
        ReadOnlySpan<byte> rest = text[position..];
        int end = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        int length = end < 0 ? rest.Length : end;
        if (length == 0)
        {
            throw Unexpected(ref tokens, position, expected);
        }

        if (!long.TryParse(rest[..length], NumberStyles.None, CultureInfo.InvariantCulture, out long index))
        {
            var span = new SourceSpan(tokens.Current.Start + position, length);
            throw tokens.Source.Error(ErrorCode.IntegerOutOfRange, span, $"An array index is at most {long.MaxValue}.");
        }

        path.Add(new JsonStep(null, index));
        return length;
    }

    private static DiscreetException Unexpected(ref TokenReader tokens, int position, string expected) =>
        tokens.UnexpectedAt(tokens.Current.Start + position, expected);
}
