using System.Globalization;
using System.Text;

namespace DiscreetDb.Language.Lexis;

/// <summary>What an identifier is: one or more of <c>_</c> and the Unicode categories L* and Nd.</summary>
internal static class Identifier
{
    /// <summary>Length in bytes of the identifier the text begins with, 0 if there is none.</summary>
    public static int Measure(ReadOnlySpan<byte> utf8)
    {
        int length = 0;
        while (length < utf8.Length)
        {
            byte c = utf8[length];
            if (c < 0x80)
            {
                if (!char.IsAsciiLetterOrDigit((char)c) && c != (byte)'_')
                {
                    break;
                }

                length++;
                continue;
            }

            Rune.DecodeFromUtf8(utf8[length..], out Rune rune, out int size);
            if (!IsLetterOrDigit(rune))
            {
                break;
            }

            length += size;
        }

        return length;
    }

    private static bool IsLetterOrDigit(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.UppercaseLetter or
        UnicodeCategory.LowercaseLetter or
        UnicodeCategory.TitlecaseLetter or
        UnicodeCategory.ModifierLetter or
        UnicodeCategory.OtherLetter or
        UnicodeCategory.DecimalDigitNumber;
}
