using System.Text;

namespace DiscreetDb.Language;

/// <summary>A text being read, and the way from a byte offset to the line, column and excerpt of an error.</summary>
internal sealed class SourceText(ReadOnlyMemory<byte> utf8)
{
    private const int ExcerptLength = 40;
    private const int LongestCharacterBytes = 4;

    /// <summary>The text, without a byte-order mark.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    /// <summary>An error at a place of this text.</summary>
    public DiscreetException Error(ErrorCode code, SourceSpan span, string message) => new(code, message, Locate(span));

    /// <summary>Makes sure that the text is UTF-8, so that readers may decode it without asking again.</summary>
    /// <exception cref="DiscreetException">SyntaxError at the first byte that is not.</exception>
    public void RequireUtf8()
    {
        ReadOnlySpan<byte> text = Utf8.Span;
        if (System.Text.Unicode.Utf8.IsValid(text))
        {
            return;
        }

        int position = 0;
        while (Rune.DecodeFromUtf8(text[position..], out _, out int length) == System.Buffers.OperationStatus.Done)
        {
            position += length;
        }

        throw Error(
            ErrorCode.SyntaxError,
            new SourceSpan(position, 1),
            $"Syntax error: found the byte 0x{text[position]:X2}, which is not UTF-8, expected a character.");
    }

    /// <summary>Line and column from 1, in characters, and up to 40 characters of the place, no further than its line.</summary>
    public SourceLocation Locate(SourceSpan span)
    {
        ReadOnlySpan<byte> text = Utf8.Span;
        int start = Math.Clamp(span.Start, 0, text.Length);
        ReadOnlySpan<byte> before = text[..start];
        int line = before.Count((byte)'\n') + 1;
        int column = CountCharacters(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
        return new SourceLocation(line, column, Excerpt(text[start..], span.Length));
    }

    private static string Excerpt(ReadOnlySpan<byte> rest, int length)
    {
        if (length > 0 && length < rest.Length)
        {
            rest = rest[..length];
        }

        rest = rest[..Math.Min(rest.Length, ExcerptLength * LongestCharacterBytes)];
        int lineEnd = rest.IndexOfAny((byte)'\r', (byte)'\n');
        string excerpt = Encoding.UTF8.GetString(lineEnd < 0 ? rest : rest[..lineEnd]);
        if (excerpt.Length <= ExcerptLength)
        {
            return excerpt;
        }

        bool splitsPair = char.IsHighSurrogate(excerpt[ExcerptLength - 1]);
        return excerpt[..(splitsPair ? ExcerptLength - 1 : ExcerptLength)];
    }

    private static int CountCharacters(ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        foreach (byte b in utf8)
        {
            if ((b & 0xC0) != 0x80)
            {
                count++;
            }
        }

        return count;
    }
}
