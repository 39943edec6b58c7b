using System.Text;

namespace DiscreetDb.Language;

/// <summary>From the string of a caller to the UTF-8 that parsers read.</summary>
internal static class TextEncoding
{
    private const int ExcerptLength = 40;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The UTF-8 of a text of at most <see cref="Limits.TextSizeBytes" /> characters; parsers check the exact size.</summary>
    /// <exception cref="DiscreetException">TextTooLarge, or SyntaxError for an unpaired surrogate.</exception>
    public static byte[] Encode(string text)
    {
        if (text.Length > Limits.TextSizeBytes)
        {
            throw new DiscreetException(
                ErrorCode.TextTooLarge,
                $"The text has {text.Length} characters, the limit is {Limits.TextSizeBytes} bytes.",
                new SourceLocation(1, 1, text[..ExcerptLength]));
        }

        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException invalid)
        {
            throw new DiscreetException(
                ErrorCode.SyntaxError, $"The text holds an unpaired surrogate at character {invalid.Index + 1}.", Locate(text, invalid.Index));
        }
    }

    private static SourceLocation Locate(string text, int index)
    {
        ReadOnlySpan<char> before = text.AsSpan(0, index);
        return new SourceLocation(before.Count('\n') + 1, index - before.LastIndexOf('\n'), "\uFFFD");
    }
}
