using System.Buffers.Text;
using System.Text;

namespace DiscreetDb.Core;

/// <summary>The escapes of JSON strings (RFC 8259 §7).</summary>
internal static class JsonUnescape
{
    private const int UnicodeEscapeSizeBytes = 6;

    /// <summary>
    /// Reads the escape at the beginning: its size and the code point; false for an unknown or unfinished one and for a
    /// surrogate without its other half.
    /// </summary>
    public static bool TryReadEscape(ReadOnlySpan<byte> json, out int size, out uint code)
    {
        size = 2;
        code = 0;
        if (json.Length < size)
        {
            return false;
        }

        switch (json[1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/':
                code = json[1];
                return true;
            case (byte)'b':
                code = '\b';
                return true;
            case (byte)'f':
                code = '\f';
                return true;
            case (byte)'n':
                code = '\n';
                return true;
            case (byte)'r':
                code = '\r';
                return true;
            case (byte)'t':
                code = '\t';
                return true;
            case (byte)'u':
                return TryReadUnicode(json, out size, out code);
            default:
                return false;
        }
    }

    /// <summary>Writes the text of a valid string's inside; returns its size, which is at most that of the inside.</summary>
    public static int Write(ReadOnlySpan<byte> inside, Span<byte> utf8)
    {
        int written = 0;
        while (!inside.IsEmpty)
        {
            int plain = inside.IndexOf((byte)'\\');
            plain = plain < 0 ? inside.Length : plain;
            inside[..plain].CopyTo(utf8[written..]);
            written += plain;
            inside = inside[plain..];
            if (TryReadEscape(inside, out int size, out uint code))
            {
                written += new Rune(code).EncodeToUtf8(utf8[written..]);
                inside = inside[size..];
            }
        }

        return written;
    }

    private static bool TryReadUnicode(ReadOnlySpan<byte> json, out int size, out uint code)
    {
        size = UnicodeEscapeSizeBytes;
        if (!TryReadUnit(json, out code) || char.IsLowSurrogate((char)code))
        {
            return false;
        }

        if (!char.IsHighSurrogate((char)code))
        {
            return true;
        }

        if (!TryReadUnit(json[UnicodeEscapeSizeBytes..], out uint low) || !char.IsLowSurrogate((char)low))
        {
            return false;
        }

        size = 2 * UnicodeEscapeSizeBytes;
        code = (uint)char.ConvertToUtf32((char)code, (char)low);
        return true;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> json, out uint unit)
    {
        unit = 0;
        return json.Length >= UnicodeEscapeSizeBytes
            && json.StartsWith("\\u"u8)
            && Utf8Parser.TryParse(json[2..UnicodeEscapeSizeBytes], out unit, out int size, 'x')
            && size == UnicodeEscapeSizeBytes - 2;
    }
}
