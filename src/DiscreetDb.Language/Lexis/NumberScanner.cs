namespace DiscreetDb.Language.Lexis;

/// <summary>
/// Measures a number where the grammar wants a value: <c>-?[0-9]+</c> is an integer,
/// <c>-?(0|[1-9][0-9]*).[0-9]*([eE][+-]?[0-9]+)?</c> a float.
/// </summary>
internal static class NumberScanner
{
    /// <summary>
    /// Length of the number at the beginning of the text. False if what stands there is none: an exponent without a point,
    /// a float with a leading zero, or an identifier character directly behind it; the length then covers the attempt.
    /// </summary>
    public static bool TryMeasure(ReadOnlySpan<byte> text, out int length, out bool isFloat)
    {
        int digits = text is [(byte)'-', ..] ? 1 : 0;
        length = digits + CountDigits(text[digits..]);
        isFloat = length < text.Length && text[length] == (byte)'.';
        bool valid = length > digits;
        if (isFloat)
        {
            valid &= length == digits + 1 || text[digits] != (byte)'0';
            length++;
            length += CountDigits(text[length..]);
            length += MeasureExponent(text[length..]);
        }

        int rest = Identifier.Measure(text[length..]);
        length += rest;
        return valid && rest == 0;
    }

    private static int MeasureExponent(ReadOnlySpan<byte> text)
    {
        if (text is not [(byte)'e' or (byte)'E', ..])
        {
            return 0;
        }

        int sign = text is [_, (byte)'+' or (byte)'-', ..] ? 2 : 1;
        int digits = CountDigits(text[sign..]);
        return digits == 0 ? 0 : sign + digits;
    }

    private static int CountDigits(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return end < 0 ? text.Length : end;
    }
}
