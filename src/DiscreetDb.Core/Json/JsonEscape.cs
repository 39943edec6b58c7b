using System.Buffers;

namespace DiscreetDb.Core;

/// <summary>
/// Writes UTF-8 as the inside of a JSON string: only <c>"</c>, <c>\</c> and control characters are escaped (dialect.md
/// §6.2).
/// </summary>
internal static class JsonEscape
{
    /// <summary>No character becomes longer than this.</summary>
    public const int MaxExpansion = 6;

    /// <summary>What cannot stand in a string as it is.</summary>
    public static readonly SearchValues<byte> Escaped = SearchValues.Create(
        "\"\\"u8
        + "\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f"u8
        + "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f"u8);

    /// <summary>The escaped text without quotes.</summary>
    public static void Write(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        while (true)
        {
            int plain = utf8.IndexOfAny(Escaped);
            if (plain < 0)
            {
                output.Write(utf8);
                return;
            }

            Span<byte> destination = output.GetSpan(plain + MaxExpansion);
            utf8[..plain].CopyTo(destination);
            output.Advance(plain + WriteEscape(utf8[plain], destination[plain..]));
            utf8 = utf8[(plain + 1)..];
        }
    }

    /// <summary>The escaped text in quotes.</summary>
    public static void WriteQuoted(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output)
    {
        if (utf8.ContainsAny(Escaped))
        {
            output.Write("\""u8);
            Write(utf8, output);
            output.Write("\""u8);
            return;
        }

        Span<byte> destination = output.GetSpan(utf8.Length + 2);
        destination[0] = (byte)'"';
        utf8.CopyTo(destination[1..]);
        destination[utf8.Length + 1] = (byte)'"';
        output.Advance(utf8.Length + 2);
    }

    /// <summary>
    /// Writes the escaped text without quotes into a destination of at least <see cref="MaxExpansion" /> times its size;
    /// returns what was used.
    /// </summary>
    public static int Write(ReadOnlySpan<byte> utf8, Span<byte> destination)
    {
        int written = 0;
        while (true)
        {
            int plain = utf8.IndexOfAny(Escaped);
            if (plain < 0)
            {
                utf8.CopyTo(destination[written..]);
                return written + utf8.Length;
            }

            utf8[..plain].CopyTo(destination[written..]);
            written += plain;
            written += WriteEscape(utf8[plain], destination[written..]);
            utf8 = utf8[(plain + 1)..];
        }
    }

    private static int WriteEscape(byte value, Span<byte> destination)
    {
        destination[0] = (byte)'\\';
        byte letter = value switch
        {
            (byte)'"' or (byte)'\\' => value,
            (byte)'\b' => (byte)'b',
            (byte)'\f' => (byte)'f',
            (byte)'\n' => (byte)'n',
            (byte)'\r' => (byte)'r',
            (byte)'\t' => (byte)'t',
            _ => (byte)'u',
        };
        destination[1] = letter;
        if (letter != (byte)'u')
        {
            return 2;
        }

        "00"u8.CopyTo(destination[2..]);
        destination[4] = HexDigit(value >> 4);
        destination[5] = HexDigit(value & 0xF);
        return MaxExpansion;
    }

    private static byte HexDigit(int value) => "0123456789abcdef"u8[value];
}
