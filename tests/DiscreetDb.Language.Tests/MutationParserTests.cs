using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Tests;

/// <summary>The grammar of dialect §7.1.</summary>
public sealed class MutationParserTests
{
    [Theory]
    [InlineData("mutate{t.A{x:\"p\"y:1 bs:[{z:1},{z:2}]}}", "mutate { t.A { x: \"p\" y: 1 bs: [{ z: 1 }, { z: 2 }] } }")]
    [InlineData("mutate { A { } }", "mutate { A { } }")]
    [InlineData("mutate m { a: A { x: 1 } B { y: 2 } }", "mutate m { a: A { x: 1 } B { y: 2 } }")]
    [InlineData("mutate { A { x: $v } }", "mutate { A { x: $v } }")]
    [InlineData("mutate { A { x: -1 y: 1.5 z: \"s\" b: True n: Null } }", "mutate { A { x: -1 y: 1.5 z: \"s\" b: true n: null } }")]
    [InlineData("mutate { A { r: { s: { x: 1 } } } }", "mutate { A { r: { s: { x: 1 } } } }")]
    [InlineData("mutate { A { r: [{ x: 1 }, { x: 2 },] } }", "mutate { A { r: [{ x: 1 }, { x: 2 }] } }")]
    [InlineData("mutate { A { x\n:\n4 } }", "mutate { A { x: 4 } }")]
    [InlineData("mutate { mutate { query: \"q\" null: 1 true: 2 } }", "mutate { mutate { query: \"q\" null: 1 true: 2 } }")]
    [InlineData("mutate { été.Ñandú { 身長: 1.5 } }", "mutate { été.Ñandú { 身長: 1.5 } }")]
    [InlineData("mutate { a.b: c.D { x: 1 } }", "mutate { a.b: c.D { x: 1 } }")]
    public void A_mutation_is_read(string text, string expected)
    {
        Assert.Equal(expected, DialectPrinter.Print(Texts.Mutation(text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("mutate")]
    [InlineData("mutate { }")]
    [InlineData("mutate { A }")]
    [InlineData("MUTATE { A { x: 1 } }")]
    [InlineData("query { A { x } }")]
    [InlineData("{ A { x: 1 } }")]
    [InlineData("mutate { A { x: 1 } } more")]
    [InlineData("mutate { A { x: 1, y: 2 } }")]
    [InlineData("mutate { A { x } }")]
    [InlineData("mutate { A { x: } }")]
    [InlineData("mutate { A { x = 1 } }")]
    [InlineData("mutate { A { r: { } } }")]
    [InlineData("mutate { A { r: [] } }")]
    [InlineData("mutate { A { r: [{ }] } }")]
    [InlineData("mutate { A { r: [1] } }")]
    [InlineData("mutate { A { r: [$v] } }")]
    [InlineData("mutate { A { r: [[{ x: 1 }]] } }")]
    [InlineData("mutate { A { r: [{ x: 1 } { x: 2 }] } }")]
    [InlineData("mutate { A { r: [{ x: 1 },,] } }")]
    [InlineData("mutate { A { r: [{ x: 1 }} }")]
    [InlineData("mutate { A(first 1) { x: 1 } }")]
    [InlineData("mutate { A { x: word } }")]
    [InlineData("mutate { A { x: $ v } }")]
    [InlineData("mutate { A { x: 'x' } }")]
    [InlineData("mutate { A { x: \"x } }")]
    [InlineData("mutate { A { n.x: 1 } }")]
    [InlineData("mutate { A { \"x\": 1 } }")]
    [InlineData("mutate { A { x: 1")]
    [InlineData("mutate { A { x: .5 } }")]
    [InlineData("mutate { A { x: +5 } }")]
    [InlineData("mutate { A { x: 12abc: 3 } }")]
    public void A_mutation_that_does_not_follow_the_grammar_is_a_syntax_error(string text)
    {
        Texts.Fails(() => Texts.Mutation(text));
    }

    [Theory]
    [InlineData("mutate { A { x: 1 x: 2 } }")]
    [InlineData("mutate { A { r: { x: 1 y: 2 x: 1 } } }")]
    [InlineData("mutate { A { r: [{ x: 1 }, { x: 1 x: 1 }] } }")]
    [InlineData("mutate { A { id: $a id: $b v: 1 } }")]
    public void A_field_assigned_twice_in_one_object_is_refused(string text)
    {
        DiscreetException error = Texts.Fails(ErrorCode.DuplicateField, () => Texts.Mutation(text));

        Assert.Equal(text.LastIndexOf(error.Location?.Excerpt + ":", StringComparison.Ordinal) + 1, error.Location?.Column);
    }

    [Theory]
    [InlineData("mutate { A { x: 1 } A { x: 2 } }")]
    [InlineData("mutate { k: A { x: 1 } k: B { x: 2 } }")]
    public void A_root_key_twice_is_refused(string text)
    {
        Texts.Fails(ErrorCode.DuplicateKey, () => Texts.Mutation(text));
    }

    [Fact]
    public void Root_keys_differ_by_case()
    {
        Texts.Mutation("mutate { k: A { x: 1 } K: A { x: 2 } }");
    }

    [Fact]
    public void A_root_alias_does_not_begin_with_an_underscore()
    {
        Texts.Fails(ErrorCode.InvalidName, () => Texts.Mutation("mutate { _a: A { x: 1 } }"));
    }

    [Fact]
    public void Objects_and_lists_say_where_they_stand()
    {
        const string Text = "mutate { A { r: { x: 1 } s: [{ y: 2 }] } }";

        SyntaxValue.Object root = Texts.Mutation(Text).Roots[0].Object;

        Assert.Equal("{ r: { x: 1 } s: [{ y: 2 }] }", At(Text, root.Span));
        Assert.Equal(["{ x: 1 }", "[{ y: 2 }]"], root.Assignments.Select(assignment => At(Text, assignment.Value.Span)));
    }

    private static string At(string text, SourceSpan span) => text.Substring(span.Start, span.Length);
}
