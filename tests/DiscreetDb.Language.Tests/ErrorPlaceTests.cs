using System.Text;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Tests;

/// <summary>Dialect §11: every error of a text says line, column and excerpt, what was found and what was expected.</summary>
public sealed class ErrorPlaceTests
{
    [Theory]
    [InlineData("mutate { A { x } }", 1, 1, "mutate", "found `mutate`, expected `query`")]
    [InlineData("", 1, 1, "", "found the end of the text, expected `query`")]
    [InlineData("query { A { x }", 1, 16, "", "found the end of the text, expected an entity, an alias or `}`")]
    [InlineData("query {\n  A {\n    x,\n  }\n}", 3, 6, ",", "found `,`, expected a field, an alias or `}`")]
    [InlineData("query {\r\n  A { }\r\n}", 2, 7, "}", "found `}`, expected a field or an alias")]
    [InlineData("query { A(first 1.5) { x } }", 1, 17, "1.5", "found `1.5`, expected an integer or a variable")]
    [InlineData("query { été(ñ = 😀) { x } }", 1, 17, "😀", "found `😀`, expected a literal, a variable or null")]
    [InlineData("\uFEFFquery { A { \"x\" } }", 1, 13, "\"x\"", "found `\"x\"`, expected a field or an alias")]
    [InlineData("query { A(n = \"abc) { x } }", 1, 15, "\"abc) { x } }", "found a string without its closing quote")]
    [InlineData("query { A { v: j->$.a[x] } }", 1, 23, "x", "found `x`, expected an array index directly after `[`")]
    [InlineData("query { A { v: j-> 0 } }", 1, 19, " ", "found ` `, expected an array index or `$` directly after `->`")]
    [InlineData("query { A { name(x = 1) } }", 1, 25, "}", "expected `{`, as only relations take parameters")]
    [InlineData("query { A(a ~ 1) { x } }", 1, 13, "~", "after `a`")]
    public void A_syntax_error_says_where_and_what(string text, int line, int column, string excerpt, string message)
    {
        DiscreetException error = Texts.Fails(() => Texts.Query(text));

        Assert.Equal(new SourceLocation(line, column, excerpt), error.Location);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_excerpt_has_at_most_forty_characters_of_one_line()
    {
        string longName = new('a', 100);

        DiscreetException longWord = Texts.Fails(() => Texts.Query($"query {{ A {{ {longName}: }} }} {longName}"));
        DiscreetException twoLines = Texts.Fails(() => Texts.Query("query { \"first\nsecond\" { x } }"));

        Assert.Equal("}", longWord.Location?.Excerpt);
        Assert.Equal("\"first", twoLines.Location?.Excerpt);
        Assert.Equal(40, Texts.Fails(() => Texts.Query(longName)).Location?.Excerpt.Length);
    }

    [Fact]
    public void An_excerpt_never_cuts_a_character_in_half()
    {
        string text = "a" + string.Concat(Enumerable.Repeat("𝒜", 60));

        string? excerpt = Texts.Fails(() => Texts.Query(text)).Location?.Excerpt;

        Assert.Equal("a" + string.Concat(Enumerable.Repeat("𝒜", 19)), excerpt);
    }

    [Theory]
    [InlineData(new byte[] { 0xFF }, 1, 1)]
    [InlineData(new byte[] { (byte)'q', (byte)'\n', (byte)' ', 0xC3, (byte)'(' }, 2, 2)]
    [InlineData(new byte[] { (byte)'/', (byte)'/', 0xED, 0xA0, 0x80 }, 1, 3)] // an encoded surrogate
    [InlineData(new byte[] { (byte)'"', 0xC0, 0x80, (byte)'"' }, 1, 2)] // an overlong zero
    [InlineData(new byte[] { (byte)'a', 0xF0, 0x9F, 0x98 }, 1, 2)] // cut off
    public void Bytes_that_are_not_utf8_are_a_syntax_error_where_they_stand(byte[] text, int line, int column)
    {
        DiscreetException error = Texts.Fails(() => DialectParser.ParseQuery(text));

        Assert.Equal((line, column), (error.Location?.Line, error.Location?.Column));
        Assert.Contains("not UTF-8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_beyond_its_bound_is_refused_before_it_is_read()
    {
        byte[] tooLong = Encoding.UTF8.GetBytes(new string(' ', Limits.TextSizeBytes + 1));

        Texts.Fails(ErrorCode.TextTooLarge, () => DialectParser.ParseQuery(tooLong));
        Texts.Fails(ErrorCode.TextTooLarge, () => DialectParser.ParseMutation(tooLong));
        Texts.Fails(ErrorCode.TextTooLarge, () => DialectParser.ParseDeletion(tooLong));
        Texts.Fails(ErrorCode.TextTooLarge, () => Language.Model.ModelParser.Parse(tooLong.AsMemory(0, Limits.ModelSizeBytes + 1)));
        Texts.Fails(ErrorCode.SyntaxError, () => DialectParser.ParseQuery(tooLong.AsMemory(1)));
    }
}
