using System.Text;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Tests;

/// <summary>Dialect §2: an identifier is a run of <c>_</c> and the Unicode categories L* and Nd.</summary>
public sealed class IdentifierTests
{
    [Theory]
    [InlineData("abc")]
    [InlineData("_")]
    [InlineData("1st")]
    [InlineData("007")]
    [InlineData("Ñandú")]
    [InlineData("身長")]
    [InlineData("к_ц")]
    [InlineData("ʰ")] // modifier letter
    [InlineData("ǅ")] // title-case letter
    [InlineData("٣")] // Arabic-Indic digit, Nd
    [InlineData("𝒜")] // letter beyond U+FFFF
    public void Letters_digits_and_underscores_are_one_identifier(string text)
    {
        byte[] utf8 = Encoding.UTF8.GetBytes(text);

        Assert.Equal(utf8.Length, Identifier.Measure(utf8));
    }

    [Theory]
    [InlineData("a-b", 1)]
    [InlineData("a b", 1)]
    [InlineData("a.b", 1)]
    [InlineData("e\u0301", 1)] // a combining mark is no letter
    [InlineData("a\u00A0b", 1)] // a no-break space is no letter
    [InlineData("x½", 1)] // category No
    [InlineData("xⅫ", 1)] // category Nl
    [InlineData("x😀", 1)]
    [InlineData("-", 0)]
    [InlineData("", 0)]
    public void An_identifier_ends_before_anything_else(string text, int length)
    {
        Assert.Equal(length, Identifier.Measure(Encoding.UTF8.GetBytes(text)));
    }
}
