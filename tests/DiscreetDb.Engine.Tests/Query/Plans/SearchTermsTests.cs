using System.Text;
using DiscreetDb.Query.Plans;

namespace DiscreetDb.EngineTests.Query.Plans;

public class SearchTermsTests
{
    [Theory]
    [InlineData("north wind", "\"north\" \"wind\"")]
    [InlineData("  north\t\r\n\u2003wind ", "\"north\" \"wind\"")]
    [InlineData("to the lighthouse", "\"the\" \"lighthouse\"")]
    [InlineData("say \"x\" twice", "\"say\" \"\"\"x\"\"\" \"twice\"")]
    [InlineData("NOT (a OR b*)", "\"not\" \"b*)\"")]
    [InlineData("foo foo bar", "\"foo\" \"bar\"")]
    [InlineData("日本 日本語", "\"日本語\"")]
    [InlineData("😀😀 😀😀😀", "\"😀😀😀\"")]
    [InlineData("ab", "\"\"")]
    [InlineData("", "\"\"")]
    [InlineData(" \t ", "\"\"")]
    public void Terms_are_quoted_and_short_ones_left_out(string text, string expected) =>
        Assert.Equal(expected, SearchTerms.ToMatch(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void More_terms_than_the_limit_are_refused()
    {
        string text = string.Join(' ', Enumerable.Range(0, Limits.SearchTermCount + 1).Select(i => $"term{i}"));

        Assert.Equal(ErrorCode.TooComplex, Assert.Throws<DiscreetException>(() => SearchTerms.ToMatch(Encoding.UTF8.GetBytes(text))).Code);
    }

    [Theory]
    [InlineData("LIGHT", "[{\"text\":\"the lighthouse\"}]")]
    [InlineData("\"", "[]")]
    [InlineData("O'Brien", "[{\"text\":\"O'Brien: C++ \\\"quoted\\\" * ( ) ^ -\"}]")]
    [InlineData("C++ \"quoted\" NEAR(", "[]")]
    [InlineData("C++ \"quoted\"", "[{\"text\":\"O'Brien: C++ \\\"quoted\\\" * ( ) ^ -\"}]")]
    [InlineData("li", "[]")]
    [InlineData("", "[]")]
    [InlineData("light AND house", "[]")]
    public void No_text_is_a_syntax_error_of_the_index(string search, string expected)
    {
        using QueryDatabase database = new("{ Memo { text: String } }");
        database.Insert("mutate { a: Memo { text: \"the lighthouse\" } b: Memo { text: $b } }", new() { ["b"] = "O'Brien: C++ \"quoted\" * ( ) ^ -" });

        Assert.Equal(expected, database.AskOne("query { Memo(search($s)) { text } }", new() { ["s"] = search }));
    }

    [Fact]
    public void A_search_without_a_long_term_counts_nothing()
    {
        using QueryDatabase database = new("{ Memo { text: String } }");
        database.Insert("mutate { Memo { text: \"the lighthouse\" } }");

        Assert.Equal("[{\"n\":0}]", database.AskOne("query { Memo(search(\"li\")) { n: count() } }"));
    }
}
