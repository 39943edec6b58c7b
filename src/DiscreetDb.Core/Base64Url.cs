using System.Buffers;

namespace DiscreetDb;

/// <summary>Base64 as the whole engine spells it: URL-safe alphabet, no padding, one text per value (RFC 4648 §5, canonical).</summary>
public static class Base64Url
{
    /// <summary>Length of the text of so many bytes.</summary>
    public static int GetTextLength(int sizeBytes) => checked((int)((((long)sizeBytes * 8) + 5) / 6));

    /// <summary>Largest number of bytes a text of this length can hold.</summary>
    public static int GetMaxSizeBytes(int textLength) => (int)((long)textLength * 6 / 8);

    /// <summary>The text of the bytes.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    /// <summary>Writes the text of the bytes as ASCII; returns its length.</summary>
    public static int Encode(ReadOnlySpan<byte> bytes, Span<byte> utf8) => System.Buffers.Text.Base64Url.EncodeToUtf8(bytes, utf8);

    /// <summary>Decodes; false for padding, another alphabet, white space, non-zero trailing bits or too small a destination.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> destination, out int size)
    {
        size = 0;
        foreach (char c in text)
        {
            if (!IsLetter(c))
            {
                return false;
            }
        }

        return System.Buffers.Text.Base64Url.DecodeFromChars(text, destination, out _, out size) == OperationStatus.Done
            && IsCanonicalEnd(text.Length, text.IsEmpty ? default : text[^1]);
    }

    /// <summary>Decodes ASCII; false for the same reasons.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, Span<byte> destination, out int size)
    {
        size = 0;
        foreach (byte c in utf8)
        {
            if (!IsLetter((char)c))
            {
                return false;
            }
        }

        return System.Buffers.Text.Base64Url.DecodeFromUtf8(utf8, destination, out _, out size) == OperationStatus.Done
            && IsCanonicalEnd(utf8.Length, utf8.IsEmpty ? default : (char)utf8[^1]);
    }

    /// <summary>The bytes of a text.</summary>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.InvalidBase64" />.</exception>
    public static byte[] Decode(string text)
    {
        byte[] bytes = new byte[GetMaxSizeBytes(text.Length)];
        return TryDecode(text, bytes, out int size) && size == bytes.Length
            ? bytes
            : throw new DiscreetException(ErrorCode.InvalidBase64, "The text is not base64url without padding.");
    }

    private static bool IsLetter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    private static bool IsCanonicalEnd(int length, char last) => (length % 4) switch
    {
        0 => true,
        2 => (Digit(last) & 0b1111) == 0,
        3 => (Digit(last) & 0b11) == 0,
        _ => false,
    };

    private static int Digit(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '-' => 62,
        _ => 63,
    };
}
