using System.Text;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Tests;

/// <summary>Dialect §2: tokens, white space, comments.</summary>
public sealed class LexerTests
{
    [Fact]
    public void Every_token_is_told_apart()
    {
        Assert.Equal(
            "Word NegativeNumber Word Variable Annotation String OpenBrace CloseBrace OpenParenthesis CloseParenthesis OpenBracket "
            + "CloseBracket Colon Comma Dot Arrow Equal NotEqual Greater GreaterOrEqual Less LessOrEqual End",
            Kinds("a -1 $v @was \"s\" { } ( ) [ ] : , . -> = != > >= < <="));
    }

    [Theory]
    [InlineData("a//b\nc", "Word Word End")]
    [InlineData("a//b", "Word End")]
    [InlineData("//", "End")]
    [InlineData("// } \" {", "End")]
    [InlineData(" \t\r\n", "End")]
    [InlineData("", "End")]
    [InlineData("a//b\rc", "Word End")] // only LF ends a comment
    public void White_space_and_comments_are_passed_over(string text, string kinds)
    {
        Assert.Equal(kinds, Kinds(text));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/*")]
    [InlineData("#")]
    [InlineData("$")]
    [InlineData("$ v")]
    [InlineData("@")]
    [InlineData("- 1")]
    [InlineData("-a")]
    [InlineData("!")]
    [InlineData("'")]
    [InlineData("+")]
    [InlineData("\u00A0")]
    [InlineData("\0")]
    [InlineData("\u0301")]
    [InlineData("😀")]
    public void What_begins_no_token_is_unknown(string text)
    {
        Assert.Equal(TokenKind.Unknown, Lexer.Next(Encoding.UTF8.GetBytes(text), 0).Kind);
    }

    [Theory]
    [InlineData("\"a\"b", 3)]
    [InlineData("\"\"", 2)]
    [InlineData("\"a\\\"b\" c", 6)]
    [InlineData("\"\\\\\" \"", 4)]
    [InlineData("\"line\nbreak\"", 12)]
    public void A_string_ends_at_its_quote(string text, int length)
    {
        Token token = Lexer.Next(Encoding.UTF8.GetBytes(text), 0);

        Assert.Equal(new Token(TokenKind.String, 0, length), token);
    }

    [Theory]
    [InlineData("\"")]
    [InlineData("\"abc")]
    [InlineData("\"abc\\")]
    [InlineData("\"abc\\\"")]
    public void A_string_without_its_quote_goes_to_the_end(string text)
    {
        Token token = Lexer.Next(Encoding.UTF8.GetBytes(text), 0);

        Assert.Equal(new Token(TokenKind.UnterminatedString, 0, text.Length), token);
    }

    private static string Kinds(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);
        List<TokenKind> kinds = [];
        Token token = Lexer.Next(utf8, 0);
        while (token.Kind != TokenKind.End)
        {
            kinds.Add(token.Kind);
            token = Lexer.Next(utf8, token.End);
        }

        return string.Join(' ', kinds.Append(TokenKind.End));
    }
}
