namespace DiscreetDb.Language.Tests;

/// <summary>The grammar of dialect §8.</summary>
public sealed class DeletionParserTests
{
    [Theory]
    [InlineData("delete{A{$a}}", "delete { A { $a } }")]
    [InlineData("delete d { n.A { $a } B { $b } }", "delete d { n.A { $a } B { $b } }")]
    [InlineData("delete { A { $a r[$b] s[$c, $d,] } }", "delete { A { $a r[$b] s[$c, $d] } }")]
    [InlineData("delete { A { $a r [ $b ] r[$c] } }", "delete { A { $a r[$b] r[$c] } }")]
    [InlineData("// d\ndelete\n{ // x\n t.A // y\n {\n $id } }\n", "delete { t.A { $id } }")]
    public void A_deletion_is_read(string text, string expected)
    {
        Assert.Equal(expected, DialectPrinter.Print(Texts.Deletion(text)));
    }

    [Theory]
    [InlineData("delete { a: A { $a } a: A { $b } }", "delete { A { $a } A { $b } }")]
    [InlineData("delete { _a: A { $a } A { $b } }", "delete { A { $a } A { $b } }")]
    public void An_alias_means_nothing(string text, string expected)
    {
        Assert.Equal(expected, DialectPrinter.Print(Texts.Deletion(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("delete")]
    [InlineData("delete { }")]
    [InlineData("delete { A { } }")]
    [InlineData("DELETE { A { $a } }")]
    [InlineData("mutate { A { x: 1 } }")]
    [InlineData("query { A { x } }")]
    [InlineData("delete { A { \"AAAAAAAAAAAAAAAAAAAAAA\" } }")]
    [InlineData("delete { A { 1 } }")]
    [InlineData("delete { A { a } }")]
    [InlineData("delete { A { $a $b } }")]
    [InlineData("delete { A { $a r[] } }")]
    [InlineData("delete { A { $a r[,] } }")]
    [InlineData("delete { A { $a r[\"x\"] } }")]
    [InlineData("delete { A { $a r[$b $c] } }")]
    [InlineData("delete { A { $a r[$b] } } more")]
    [InlineData("delete { A { $a r } }")]
    [InlineData("delete { A { $a, r[$b] } }")]
    [InlineData("delete { A { r[$b] } }")]
    [InlineData("delete { A($a) }")]
    public void A_deletion_that_does_not_follow_the_grammar_is_a_syntax_error(string text)
    {
        Texts.Fails(() => Texts.Deletion(text));
    }
}
