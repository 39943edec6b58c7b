using System.Buffers.Text;
using System.Globalization;

namespace DiscreetDb.Core;

/// <summary>
/// A finite float as text: the shortest that reads back to the same value, always with point or exponent (dialect.md §6.2).
/// From 10^15 on and below 10^-4 it has an exponent, signed and of at least two digits: <c>1.0e+15</c>, <c>1.0e-05</c>.
/// </summary>
internal static class FloatText
{
    /// <summary>
    /// Every destination has room for this: what the runtime writes before it is laid out anew may be longer than the
    /// result.
    /// </summary>
    public const int MaxSizeBytes = 32;

    private const double PlainFrom = 1e-4;
    private const double PlainBelow = 1e15;

    /// <summary>Writes the text; returns its size.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The value is not finite, or the destination smaller than <see cref="MaxSizeBytes" />.
    /// </exception>
    public static int Write(double value, Span<byte> utf8)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(utf8.Length, MaxSizeBytes);
        double magnitude = Math.Abs(value);
        if (magnitude is (>= PlainFrom and < PlainBelow) or 0)
        {
            value.TryFormat(utf8, out int size, default, CultureInfo.InvariantCulture);
            return utf8[..size].Contains((byte)'.') ? size : Append(".0"u8, utf8, size);
        }

        return double.IsFinite(value)
            ? WriteScientific(value, utf8)
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Only finite floats have a text.");
    }

    // The runtime gives the shortest digits, in a form of its choice; here they get one digit before the point.
    private static int WriteScientific(double value, Span<byte> utf8)
    {
        Span<byte> text = stackalloc byte[MaxSizeBytes];
        value.TryFormat(text, out int textSize, "R", CultureInfo.InvariantCulture);
        Span<byte> digits = stackalloc byte[MaxSizeBytes];
        int digitCount = ReadDigits(text[..textSize], digits, out int exponent);

        int size = value < 0 ? Append("-"u8, utf8, 0) : 0;
        size = Append(digits[..1], utf8, size);
        size = Append("."u8, utf8, size);
        size = digitCount == 1 ? Append("0"u8, utf8, size) : Append(digits[1..digitCount], utf8, size);
        size = Append(exponent < 0 ? "e-"u8 : "e+"u8, utf8, size);
        Utf8Formatter.TryFormat(Math.Abs(exponent), utf8[size..], out int exponentSize, new('D', 2));
        return size + exponentSize;
    }

    // The significant digits, and the power of ten of the first of them.
    private static int ReadDigits(ReadOnlySpan<byte> text, Span<byte> digits, out int exponent)
    {
        int mark = text.IndexOf((byte)'E');
        ReadOnlySpan<byte> mantissa = mark < 0 ? text : text[..mark];
        exponent = mark < 0 ? 0 : int.Parse(text[(mark + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

        int count = 0;
        int point = -1;
        foreach (byte letter in mantissa.TrimStart((byte)'-'))
        {
            if (letter == (byte)'.')
            {
                point = count;
                continue;
            }

            digits[count++] = letter;
        }

        int zeros = digits[..count].IndexOfAnyExcept((byte)'0');
        exponent += (point < 0 ? count : point) - 1 - zeros;
        digits[zeros..count].CopyTo(digits);
        return digits[..(count - zeros)].TrimEnd((byte)'0').Length;
    }

    private static int Append(ReadOnlySpan<byte> part, Span<byte> utf8, int size)
    {
        part.CopyTo(utf8[size..]);
        return size + part.Length;
    }
}
