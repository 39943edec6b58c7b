using System.Buffers;

namespace DiscreetDb.Core;

/// <summary>
/// JSON as the engine stores it (dialect.md §3.3): the text as written without the white space between tokens, so
/// number texts and the order of members survive. Refused: anything RFC 8259 refuses, trailing content, invalid UTF-8,
/// members named twice, numbers beyond f64, nesting beyond <see cref="Limits.JsonDepth" />, and strings with U+0000 or
/// an unpaired surrogate.
/// </summary>
internal static class JsonText
{
    private static readonly SearchValues<byte> SpaceOrQuote = SearchValues.Create(" \t\r\n\""u8);
    private static readonly SearchValues<byte> QuoteOrEscape = SearchValues.Create("\"\\"u8);

    /// <summary>Checks a JSON text and writes it without white space; nothing is written when it is refused.</summary>
    public static bool TryMinify(ReadOnlySpan<byte> json, IBufferWriter<byte> output) => TryMinify(json, output, out _);

    /// <summary>The same, and what is wrong with the text.</summary>
    public static bool TryMinify(ReadOnlySpan<byte> json, IBufferWriter<byte> output, out JsonFault fault)
    {
        if (!JsonValidator.TryValidate(json, out int whiteSpaceCount, out fault))
        {
            return false;
        }

        int size = json.Length - whiteSpaceCount;
        Span<byte> destination = output.GetSpan(size)[..size];
        if (whiteSpaceCount == 0)
        {
            json.CopyTo(destination);
        }
        else
        {
            RemoveWhiteSpace(json, destination);
        }

        output.Advance(size);
        return true;
    }

    /// <summary>
    /// Whether the text is what <see cref="TryMinify(ReadOnlySpan{byte}, IBufferWriter{byte})" /> would write for it.
    /// </summary>
    public static bool IsMinified(ReadOnlySpan<byte> json) =>
        JsonValidator.TryValidate(json, out int whiteSpaceCount, out _) && whiteSpaceCount == 0;

    // The text is valid, so every quote opens a string that ends.
    private static void RemoveWhiteSpace(ReadOnlySpan<byte> json, Span<byte> destination)
    {
        while (!json.IsEmpty)
        {
            int end = json.IndexOfAny(SpaceOrQuote);
            int size = end < 0 ? json.Length : json[end] == (byte)'"' ? end + StringSize(json[end..]) : end;
            json[..size].CopyTo(destination);
            destination = destination[size..];
            json = json[size..].TrimStart(" \t\r\n"u8);
        }
    }

    private static int StringSize(ReadOnlySpan<byte> json)
    {
        int size = 1;
        while (true)
        {
            size += json[size..].IndexOfAny(QuoteOrEscape);
            if (json[size] == (byte)'"')
            {
                return size + 1;
            }

            size += 2;
        }
    }
}
