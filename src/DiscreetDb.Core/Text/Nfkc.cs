using System.Diagnostics;
using System.Text;

namespace DiscreetDb.Core;

/// <summary>
/// Unicode normalisation form KC (UAX #15) by the tables of Unicode 15.0, carried along. The runtime's own
/// normalisation depends on the platform's library and does nothing in an application built for the invariant culture,
/// so one password could be two different users; these tables are part of what a password means and never change. Code
/// points unassigned in 15.0 stay as they are.
/// </summary>
internal sealed class Nfkc
{
    private const int HangulFirst = 0xAC00;
    private const int HangulCount = LeadingCount * VowelTrailingCount;
    private const int LeadingFirst = 0x1100;
    private const int LeadingCount = 19;
    private const int VowelFirst = 0x1161;
    private const int VowelCount = 21;
    private const int TrailingFirst = 0x11A7;
    private const int TrailingCount = 28;
    private const int VowelTrailingCount = VowelCount * TrailingCount;

    private static readonly Lazy<Nfkc> Tables = new(Load);

    private readonly Dictionary<int, int> _classes = [];
    private readonly Dictionary<int, int[]> _decompositions = [];
    private readonly Dictionary<(int First, int Second), int> _compositions = [];

    private Nfkc()
    {
    }

    /// <summary>The normalised text; an unpaired surrogate is refused.</summary>
    /// <exception cref="ArgumentException">The text is not valid UTF-16.</exception>
    public static string Normalize(string text)
    {
        if (Ascii.IsValid(text))
        {
            return text;
        }

        List<int> codes = Tables.Value.Decompose(text);
        Tables.Value.Order(codes);
        return ToText(Tables.Value.Compose(codes));
    }

    private static Nfkc Load()
    {
        using Stream stream = typeof(Nfkc).Assembly.GetManifestResourceStream("nfkc.bin") ?? throw new UnreachableException();
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);

        var reader = new WireReader(bytes.AsSpan());
        var tables = new Nfkc();
        int code = 0;
        for (int count = ReadNumber(ref reader); count > 0; count--)
        {
            code += ReadNumber(ref reader);
            tables._classes.Add(code, ReadNumber(ref reader));
        }

        code = 0;
        for (int count = ReadNumber(ref reader); count > 0; count--)
        {
            code += ReadNumber(ref reader);
            int[] codes = new int[ReadNumber(ref reader)];
            for (int i = 0; i < codes.Length; i++)
            {
                codes[i] = ReadNumber(ref reader);
            }

            tables._decompositions.Add(code, codes);
        }

        for (int count = ReadNumber(ref reader); count > 0; count--)
        {
            tables._compositions.Add((ReadNumber(ref reader), ReadNumber(ref reader)), ReadNumber(ref reader));
        }

        return reader.IsComplete ? tables : throw new UnreachableException();
    }

    private static int ReadNumber(ref WireReader reader)
    {
        reader.TryReadVarUInt(out ulong number);
        return (int)number;
    }

    private static string ToText(List<int> codes)
    {
        var text = new StringBuilder(codes.Count);
        foreach (int code in codes)
        {
            text.Append(new Rune(code));
        }

        return text.ToString();
    }

    private List<int> Decompose(string text)
    {
        List<int> codes = new(text.Length);
        for (int index = 0; index < text.Length;)
        {
            if (!Rune.TryGetRuneAt(text, index, out Rune rune))
            {
                throw new ArgumentException("The text holds an unpaired surrogate.", nameof(text));
            }

            index += rune.Utf16SequenceLength;
            Decompose(rune.Value, codes);
        }

        return codes;
    }

    private void Decompose(int code, List<int> codes)
    {
        int syllable = code - HangulFirst;
        if (syllable is >= 0 and < HangulCount)
        {
            codes.Add(LeadingFirst + (syllable / VowelTrailingCount));
            codes.Add(VowelFirst + (syllable % VowelTrailingCount / TrailingCount));
            if (syllable % TrailingCount != 0)
            {
                codes.Add(TrailingFirst + (syllable % TrailingCount));
            }

            return;
        }

        if (_decompositions.TryGetValue(code, out int[]? mapped))
        {
            codes.AddRange(mapped);
            return;
        }

        codes.Add(code);
    }

    // Each run of combining marks in the order of their classes, marks of one class as they came.
    private void Order(List<int> codes)
    {
        for (int start = 0; start < codes.Count;)
        {
            int end = start;
            while (end < codes.Count && ClassOf(codes[end]) != 0)
            {
                end++;
            }

            int[] ordered = [.. codes[start..end].OrderBy(ClassOf)];
            for (int i = 0; i < ordered.Length; i++)
            {
                codes[start + i] = ordered[i];
            }

            start = end + 1;
        }
    }

    // A mark joins the last starter unless one of the same or a higher class stands between them (UAX #15 D117).
    private List<int> Compose(List<int> codes)
    {
        List<int> composed = new(codes.Count);
        int starter = -1;
        int lastClass = 0;
        foreach (int code in codes)
        {
            int combining = ClassOf(code);
            bool isAdjacent = starter == composed.Count - 1;
            if (starter >= 0 && (isAdjacent || lastClass < combining) && TryCompose(composed[starter], code, out int joined))
            {
                composed[starter] = joined;
                continue;
            }

            composed.Add(code);
            lastClass = combining;
            if (combining == 0)
            {
                starter = composed.Count - 1;
            }
        }

        return composed;
    }

    private bool TryCompose(int first, int second, out int joined)
    {
        int leading = first - LeadingFirst;
        int vowel = second - VowelFirst;
        if (leading is >= 0 and < LeadingCount && vowel is >= 0 and < VowelCount)
        {
            joined = HangulFirst + (((leading * VowelCount) + vowel) * TrailingCount);
            return true;
        }

        int syllable = first - HangulFirst;
        int trailing = second - TrailingFirst;
        if (syllable is >= 0 and < HangulCount && syllable % TrailingCount == 0 && trailing is > 0 and < TrailingCount)
        {
            joined = first + trailing;
            return true;
        }

        return _compositions.TryGetValue((first, second), out joined);
    }

    private int ClassOf(int code) => _classes.GetValueOrDefault(code);
}
