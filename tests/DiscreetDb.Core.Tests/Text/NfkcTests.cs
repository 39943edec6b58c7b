using System.Globalization;
using System.Text;

namespace DiscreetDb.Core.Tests.Text;

public sealed class NfkcTests
{
    [Fact]
    public void The_normalisation_test_of_the_Unicode_database_holds()
    {
        int count = 0;
        foreach (string line in File.ReadLines(VectorFile.PathOf("nfkc.txt")).Skip(1))
        {
            string[] columns = line.Split(';');
            string source = FromCodes(columns[0]);
            string expected = FromCodes(columns[1]);

            Assert.True(Nfkc.Normalize(source) == expected, line);
            Assert.True(Nfkc.Normalize(expected) == expected, line);
            count++;
        }

        Assert.Equal(1_408, count);
    }

    [Theory]
    [InlineData("plain ASCII", "plain ASCII")]
    [InlineData("e\u0301", "\u00e9")]
    [InlineData("\ufb01\u2460\uff21", "fi1A")]
    [InlineData("\u1112\u1161\u11ab\u1100\u1173\u11af", "\ud55c\uae00")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    public void Forms_that_look_alike_become_one(string source, string expected)
    {
        Assert.Equal(expected, Nfkc.Normalize(source));
    }

    [Fact]
    public void An_unpaired_surrogate_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Nfkc.Normalize("a\ud800"));
        Assert.Throws<ArgumentException>(() => Nfkc.Normalize("\udc00a"));
    }

    private static string FromCodes(string codes) =>
        string.Concat(codes.Split(' ').Select(code => new Rune(int.Parse(code, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()));
}
