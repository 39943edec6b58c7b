using System.Buffers;
using System.Text;

namespace DiscreetDb.Storage;

/// <summary>
/// Simple case folding (Unicode, CaseFolding.txt C and S): one character becomes one character, <c>é</c> stays different
/// from <c>e</c>. Both the index and the terms of a search are folded here, so they cannot disagree.
/// </summary>
/// <remarks>
/// A character folds to the lower case of its upper case. That gives the classes of CaseFolding.txt but for a few
/// characters, which stand in a list: the platform maps no other letter to an ASCII one, and some classes have no common
/// upper case.
/// </remarks>
internal static class TextFold
{
    private const int StackSizeBytes = 4;

    /// <summary>Appends the folded form of UTF-8; invalid bytes become U+FFFD.</summary>
    public static void Append(ReadOnlySpan<byte> utf8, IBufferWriter<byte> destination)
    {
        while (!utf8.IsEmpty)
        {
            int ascii = Ascii.IsValid(utf8) ? utf8.Length : utf8.IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
            AppendAscii(utf8[..ascii], destination);
            utf8 = utf8[ascii..];
            while (!utf8.IsEmpty && utf8[0] > 0x7f)
            {
                _ = Rune.DecodeFromUtf8(utf8, out Rune rune, out int size);
                destination.Advance(Fold(rune).EncodeToUtf8(destination.GetSpan(StackSizeBytes)));
                utf8 = utf8[size..];
            }
        }
    }

    /// <summary>The folded form of one character.</summary>
    public static Rune Fold(Rune rune)
    {
        if (rune.IsAscii)
        {
            return Rune.ToLowerInvariant(rune);
        }

        return rune.Value switch
        {
            0x017F => new Rune('s'),
            0x1FD3 => new Rune(0x0390),
            0x1FE3 => new Rune(0x03B0),
            0xFB05 => new Rune(0xFB06),
            _ => Rune.ToLowerInvariant(Rune.ToUpperInvariant(rune)),
        };
    }

    private static void AppendAscii(ReadOnlySpan<byte> ascii, IBufferWriter<byte> destination)
    {
        _ = Ascii.ToLower(ascii, destination.GetSpan(ascii.Length), out int written);
        destination.Advance(written);
    }
}
