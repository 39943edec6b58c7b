using DiscreetDb.Language.Model;

namespace DiscreetDb.Language.Tests;

/// <summary>The grammar of dialect §3.1.</summary>
public sealed class ModelParserTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\uFEFF// nothing\n", "")]
    [InlineData("a { }", "a { }")]
    [InlineData("{ }", "{ }")]
    [InlineData("{ A { x:String } }", "{ A { x: String } }")]
    [InlineData("a { A { x:String } } a { B { x:String } } { C { y:Json } }", "a { A { x: String } } a { B { x: String } } { C { y: Json } }")]
    [InlineData("a\t{\r\n\tA\r\n{\tx :\tString\t,\r\ny: Integer nullable\r\n}\r\n}", "a { A { x: String, y: Integer nullable } }")]
    public void A_model_is_namespaces_of_entities(string text, string expected)
    {
        Assert.Equal(expected, ModelPrinter.Print(Texts.Model(text)));
    }

    [Theory]
    [InlineData("a:integer, b:FLOAT, c:bOOLEAN, d:sTRING, e:bAsE64, f:JSON,", "a: Integer, b: Float, c: Boolean, d: String, e: Base64, f: Json")]
    [InlineData("a:Integer NULLABLE, b:Integer Default 1", "a: Integer nullable, b: Integer default 1")]
    [InlineData("a:Integer default -3, b:Float default 1.5, c:String default \"x\", d:Boolean default TRUE", "a: Integer default -3, b: Float default 1.5, c: String default \"x\", d: Boolean default true")]
    [InlineData("a:n.B, b:B nullable, c:[n.B], d:[ B ] nullable", "a: n.B, b: B nullable, c: [n.B], d: [B] nullable")]
    [InlineData("a:json.Thing, b:[string.Json]", "a: json.Thing, b: [string.Json]")]
    [InlineData("index:String, nullable:Integer, default:Integer nullable", "index: String, nullable: Integer, default: Integer nullable")]
    [InlineData("1st:String, a_b_:String, 身長:Float", "1st: String, a_b_: String, 身長: Float")]
    [InlineData("x:String, index(x), INDEX(x, mdate,)", "x: String, index(x), index(x, mdate)")]
    [InlineData("index(x), x:String", "x: String, index(x)")]
    [InlineData("@deprecated x:String, @Was(y) @WAS(z) @DEPRECATED w:Integer", "@deprecated x: String, @deprecated @was(y) @was(z) w: Integer")]
    public void Entries_are_fields_and_indexes(string entries, string expected)
    {
        Assert.Equal($"{{ A {{ {expected} }} }}", ModelPrinter.Print(Texts.Model($"{{ A {{ {entries} }} }}")));
    }

    [Theory]
    [InlineData("A(no_full_text_index) { x:String }", "A(no_full_text_index) { x: String }")]
    [InlineData("A (no_full_text_index,no_full_text_index,) { x:String }", "A(no_full_text_index) { x: String }")]
    [InlineData("A() { x:String }", "A { x: String }")]
    [InlineData("@deprecated @was(n.B) A { x:String }", "@deprecated @was(n.B) A { x: String }")]
    [InlineData("A { index(mdate) }", "A { index(mdate) }")]
    public void An_entity_has_annotations_and_options(string entity, string expected)
    {
        Assert.Equal($"{{ {expected} }}", ModelPrinter.Print(Texts.Model($"{{ {entity} }}")));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("{")]
    [InlineData("a.b { A { x:String } }")]
    [InlineData("a { A { x:String }")]
    [InlineData("A { x:String }")]
    [InlineData("{ A { } }")]
    [InlineData("{ A }")]
    [InlineData("{ A-b { x:String } }")]
    [InlineData("{ A { x:String }, B { x:String } }")]
    [InlineData("{ A @deprecated { x:String } }")]
    [InlineData("{ A(no_full_text) { x:String } }")]
    [InlineData("{ A(NO_FULL_TEXT_INDEX) { x:String } }")]
    [InlineData("{ A(no_full_text_index no_full_text_index) { x:String } }")]
    [InlineData("{ A(,) { x:String } }")]
    [InlineData("{ A { x:String } } }")]
    [InlineData("@deprecated a { A { x:String } }")]
    public void A_model_that_does_not_follow_the_grammar_is_a_syntax_error(string text)
    {
        Texts.Fails(() => Texts.Model(text));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("x:")]
    [InlineData("x String")]
    [InlineData("x:String y:String")]
    [InlineData("x:String,,y:String")]
    [InlineData(",x:String")]
    [InlineData("x:String nullable default \"\"")]
    [InlineData("x:String default \"\" nullable")]
    [InlineData("x:String default")]
    [InlineData("x:String default null")]
    [InlineData("x:String default $v")]
    [InlineData("x:String default word")]
    [InlineData("x:Integer default 1e3")]
    [InlineData("x:B default 1")]
    [InlineData("x:[String]")]
    [InlineData("x:[json] nullable")]
    [InlineData("x:[]")]
    [InlineData("x:[B")]
    [InlineData("x:[B, C]")]
    [InlineData("x:[[B]]")]
    [InlineData("x:a.b.C")]
    [InlineData("x:1.5.2")]
    [InlineData("n.x:String")]
    [InlineData("index()")]
    [InlineData("index(x y)")]
    [InlineData("index(n.x)")]
    [InlineData("@deprecated index(x)")]
    [InlineData("@unknown x:String")]
    [InlineData("@ deprecated x:String")]
    [InlineData("@was x:String")]
    [InlineData("@was() x:String")]
    [InlineData("@was(a, b) x:String")]
    [InlineData("@was(a.b.c) x:String")]
    [InlineData("x @deprecated :String")]
    [InlineData("x:String @deprecated")]
    public void Entries_that_do_not_follow_the_grammar_are_a_syntax_error(string entries)
    {
        Texts.Fails(() => Texts.Model($"{{ A {{ {entries} }} }}"));
    }

    [Fact]
    public void Declarations_say_where_they_stand()
    {
        const string Text = "n { A { @was(old) x:String default \"d\", y:[n.A], index(x) } }";

        EntityDeclaration entity = Texts.Model(Text).Namespaces[0].Entities[0];

        Assert.Equal("A", At(Text, entity.Name.Span));
        Assert.Equal("old", At(Text, entity.Fields[0].Annotations.FormerNames[0].Span));
        Assert.Equal("\"d\"", At(Text, Assert.IsType<TypeSyntax.Scalar>(entity.Fields[0].Type).Default!.Span)); // the text gives one
        Assert.Equal("n.A", At(Text, Assert.IsType<TypeSyntax.Links>(entity.Fields[1].Type).Target.Span));
        Assert.Equal("index", At(Text, entity.Indexes[0].Span));
    }

    private static string At(string text, SourceSpan span) => text.Substring(span.Start, span.Length);
}
