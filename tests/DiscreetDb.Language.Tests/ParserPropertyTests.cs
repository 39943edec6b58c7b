using System.Diagnostics;
using System.Text;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Model;
using DiscreetDb.TestKit;

namespace DiscreetDb.Language.Tests;

/// <summary>What holds of every text, shown on token soup, on mutated texts of the conformance suite, and on random bytes.</summary>
public sealed class ParserPropertyTests
{
    /// <summary>Enough for every run; <c>DISCREET_ROUNDS</c> asks for more.</summary>
    private static readonly int RoundCount =
        int.TryParse(Environment.GetEnvironmentVariable("DISCREET_ROUNDS"), out int rounds) ? rounds : 1_000;

    private static readonly string[] Words =
    [
        "query", "mutate", "delete", "{", "}", "{", "}", "(", ")", "[", "]", ":", ",", ".", "->", "$", "$v", "=", "!=", ">", ">=", "<",
        "<=", "a", "B", "n", "_x", "1st", "12", "-3", "1.5", "1.5e3", "\"s\"", "\"\\u00e9\"", "\"\\ud83d\"", "\"", "null", "true", "FALSE",
        "search", "order_by", "first", "skip", "before", "after", "nullable", "asc", "desc", "count", "sum", "avg", "min", "max", "(", ")",
        "index", "default", "Integer", "String", "Json", "@was", "@deprecated", "no_full_text_index", "// c\n", "//", "\n", "é", "身長", "j->$.a[0]",
        "j->1", "\u00A0", "\0", "\\", "/", "-", "'", "😀", "e\u0301", "99999999999999999999", "1.0e999",
    ];

    private readonly SeededRandom _random = new();

    [Fact]
    public void Token_soup_is_read_or_refused_with_a_place()
    {
        for (int i = 0; i < RoundCount; i++)
        {
            var text = new StringBuilder(_random.Pick(["", "query {", "mutate {", "delete {", "{ A {", "query { A {", "mutate { A {"]));
            for (int words = _random.Below(30); words > 0; words--)
            {
                text.Append(_random.Chance(80) ? " " : "").Append(_random.Pick(Words));
            }

            AssertReadOrRefused(Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    [Fact]
    public void Mutated_texts_are_read_or_refused_with_a_place()
    {
        for (int i = 0; i < RoundCount; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(_random.Pick(Corpus.All));
            for (int changes = _random.Between(1, 4); changes > 0; changes--)
            {
                text = Mutate(text);
            }

            AssertReadOrRefused(text);
        }
    }

    [Fact]
    public void Random_bytes_are_read_or_refused_with_a_place()
    {
        for (int i = 0; i < RoundCount; i++)
        {
            AssertReadOrRefused(_random.Bytes(_random.Below(60)));
        }
    }

    [Fact]
    public void Every_text_of_the_suite_is_read_as_what_it_is_or_refused()
    {
        foreach (string text in Corpus.All)
        {
            AssertReadOrRefused(Encoding.UTF8.GetBytes(text));
        }
    }

    [Fact]
    public void A_printed_tree_is_read_as_the_same_tree()
    {
        int count = Reread(Corpus.Queries, text => DialectPrinter.Print(Texts.Query(text)))
            + Reread(Corpus.Mutations, text => DialectPrinter.Print(Texts.Mutation(text)))
            + Reread(Corpus.Deletions, text => DialectPrinter.Print(Texts.Deletion(text)))
            + Reread(Corpus.Models, text => ModelPrinter.Print(Texts.Model(text)));

        Assert.True(count > Corpus.All.Count * 8 / 10, $"only {count} of {Corpus.All.Count} texts were read");
    }

    [Fact]
    public void White_space_and_comments_between_tokens_change_nothing()
    {
        foreach (string text in Corpus.Queries)
        {
            if (TryPrint(() => DialectPrinter.Print(Texts.Query(text))) is { } printed)
            {
                Assert.Equal(printed, DialectPrinter.Print(Texts.Query(Spread(printed))));
            }
        }
    }

    private static int Reread(IReadOnlyList<string> texts, Func<string, string> print)
    {
        int count = 0;
        foreach (string text in texts)
        {
            if (TryPrint(() => print(text)) is { } printed)
            {
                Assert.Equal(printed, print(printed));
                count++;
            }
        }

        return count;
    }

    private static string? TryPrint(Func<string> print)
    {
        try
        {
            return print();
        }
        catch (DiscreetException)
        {
            return null;
        }
    }

    /// <summary>Doubles every blank outside strings into a line break with a comment before it.</summary>
    private static string Spread(string printed)
    {
        var text = new StringBuilder();
        bool inString = false;
        foreach (char c in printed)
        {
            inString ^= c == '"';
            text.Append(c == ' ' && !inString ? "\t// } \" {\r\n" : c.ToString());
        }

        return text.ToString();
    }

    private byte[] Mutate(byte[] text)
    {
        int position = _random.Below(text.Length + 1);
        int length = _random.Below(Math.Min(8, text.Length - position) + 1);
        byte[] inserted = _random.Below(4) switch
        {
            0 => [],
            1 => _random.Bytes(_random.Below(4)),
            2 => Encoding.UTF8.GetBytes(_random.Pick(Words)),
            _ => text[position..(position + length)],
        };
        int kept = _random.Chance(50) ? position : position + length;
        return [.. text[..position], .. inserted, .. text[kept..]];
    }

    private void AssertReadOrRefused(byte[] text)
    {
        AssertReadOrRefused(text, () => DialectParser.ParseQuery(text));
        AssertReadOrRefused(text, () => DialectParser.ParseMutation(text));
        AssertReadOrRefused(text, () => DialectParser.ParseDeletion(text));
        AssertReadOrRefused(text, () => ModelParser.Parse(text));
    }

    private void AssertReadOrRefused(byte[] text, Action parse)
    {
        try
        {
            parse();
        }
        catch (DiscreetException error)
        {
            Assert.True(
                error.Location is { Line: >= 1, Column: >= 1, Excerpt.Length: <= 40 },
                $"{_random}: {error} of {Encoding.UTF8.GetString(text)}");
        }
        catch (Exception error)
        {
            throw new UnreachableException($"{_random}: {Convert.ToHexString(text)}", error);
        }
    }
}
