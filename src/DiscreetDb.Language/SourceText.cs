using System.Text;

namespace DiscreetDb.Language;

/// <summary>A place in a text: start and length in bytes of its UTF-8 form.</summary>
internal readonly record struct SourceSpan(int Start, int Length);

/// <summary>A text being read, and the way from a byte offset to the line, column and excerpt of an error.</summary>
internal sealed class SourceText(ReadOnlyMemory<byte> utf8)
{
    private const int ExcerptLength = 40;

    /// <summary>The text, without a byte-order mark.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; } = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;

    /// <summary>An error at a place of this text.</summary>
    public DiscreetException Error(ErrorCode code, SourceSpan span, string message) => new(code, message, Locate(span));

    /// <summary>Line and column from 1, in characters, and up to 40 characters of the text from there to the end of its line.</summary>
    public SourceLocation Locate(SourceSpan span)
    {
        ReadOnlySpan<byte> text = Utf8.Span;
        int start = Math.Clamp(span.Start, 0, text.Length);
        ReadOnlySpan<byte> before = text[..start];
        int line = before.Count((byte)'\n') + 1;
        int column = CountCharacters(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;

        ReadOnlySpan<byte> rest = text[start..];
        int length = rest.Length;
        if (span.Length > 0 && span.Length < length)
        {
            length = span.Length;
        }

        rest = rest[..Math.Min(length, ExcerptLength * 4)];
        int lineEnd = rest.IndexOfAny((byte)'\r', (byte)'\n');
        string excerpt = Encoding.UTF8.GetString(lineEnd < 0 ? rest : rest[..lineEnd]);
        return new SourceLocation(line, column, excerpt.Length > ExcerptLength ? excerpt[..ExcerptLength] : excerpt);
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
