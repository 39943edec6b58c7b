using DiscreetDb.TestKit;

namespace DiscreetDb.Benchmarks;

/// <summary>The rows both sides write and the words both sides look for: the same for the same seed.</summary>
internal sealed class Workload(int seed)
{
    public const int TextLength = 100;

    /// <summary>Values of the indexed field in inserts, as in the goals: a thousand.</summary>
    public const int IndexedValues = 1_000;

    public const string RareWord = "quartzite";
    public const string CommonWord = "harbourage";

    private const string Letters = "abcdefghijklmnopqrstuvwxyz     ";

    private readonly SeededRandom _random = new(seed);
    private readonly char[] _text = new char[TextLength];

    /// <summary>A text of a hundred characters, random enough that no two share long pieces.</summary>
    public string Text()
    {
        for (int i = 0; i < _text.Length; i++)
        {
            _text[i] = Letters[_random.Below(Letters.Length)];
        }

        return new string(_text);
    }

    /// <summary>The text of a row that a search may look for: ten rows hold the rare word, a thousand the common one.</summary>
    public string SearchableText(int index, int count)
    {
        string word = index % (count / 10) == 7 ? RareWord : index % (count / 1_000) == 3 ? CommonWord : "";
        string text = Text();
        return word.Length == 0 ? text : $"{text[..40]} {word} {text[..(TextLength - 42 - word.Length)]}";
    }

    public int Indexed() => _random.Below(IndexedValues);

    public int Below(int end) => _random.Below(end);
}
