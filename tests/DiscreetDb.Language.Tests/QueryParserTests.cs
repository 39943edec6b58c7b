using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Tests;

/// <summary>The grammar of dialect §6.1, production by production.</summary>
public sealed class QueryParserTests
{
    [Theory]
    [InlineData("query{A{x}}", "query { A { x } }")]
    [InlineData("query q { A { x } }", "query q { A { x } }")]
    [InlineData("query query { query { query } }", "query query { query { query } }")]
    [InlineData("\uFEFFquery { A { x } }", "query { A { x } }")]
    [InlineData("// one\nquery // two\n{ A { x // three\n y } } // end", "query { A { x y } }")]
    public void A_document_is_its_keyword_a_name_and_roots(string text, string expected)
    {
        Assert.Equal(expected, DialectPrinter.Print(Texts.Query(text)));
    }

    [Theory]
    [InlineData("query { a: n.A { x } }", "query { a: n.A { x } }")]
    [InlineData("query { a.b: n.A { x } }", "query { a.b: n.A { x } }")]
    [InlineData("query { HARBOUR . Boat { x } }", "query { HARBOUR.Boat { x } }")]
    [InlineData("query { A { x } B() { y } }", "query { A { x } B { y } }")]
    [InlineData("query { 1.2 { 3 } }", "query { 1.2 { 3 } }")]
    public void A_root_has_an_alias_an_entity_and_parameters(string text, string expected)
    {
        Assert.Equal(expected, DialectPrinter.Print(Texts.Query(text)));
    }

    [Theory]
    [InlineData("x y", "x y")]
    [InlineData("a:x", "a: x")]
    [InlineData("r { x } s(first 1) { y }", "r { x } s(first 1) { y }")]
    [InlineData("a: r() { x }", "a: r { x }")]
    [InlineData("v: j->$", "v: j->$")]
    [InlineData("v: j->12", "v: j->12")]
    [InlineData("v: j->$.a.b[2].c", "v: j->$.a.b[2].c")]
    [InlineData("v: j->$.身長[0]", "v: j->$.身長[0]")]
    [InlineData("n: count() s: sum(x) a: avg(x) b: min(x) c: max(x)", "n: count() s: sum(x) a: avg(x) b: min(x) c: max(x)")]
    [InlineData("n: count ( ) s: sum ( x )", "n: count() s: sum(x)")]
    public void Items_follow_each_other_without_commas(string items, string expected)
    {
        Assert.Equal($"query {{ A {{ {expected} }} }}", DialectPrinter.Print(Texts.Query($"query {{ A {{ {items} }} }}")));
    }

    [Theory]
    [InlineData("n: count", "n: count")]
    [InlineData("count", "count")]
    [InlineData("n: count() { id }", "n: count { id }")]
    [InlineData("count() { id }", "count { id }")]
    [InlineData("n: count(first 1) { id }", "n: count(first 1) { id }")]
    [InlineData("n: count { id }", "n: count { id }")]
    [InlineData("n: sum(x = 1) { id }", "n: sum(x = 1) { id }")]
    [InlineData("n: sum() { id }", "n: sum { id }")]
    [InlineData("n: sum(nullable(x)) { x }", "n: sum(nullable(x)) { x }")]
    [InlineData("n: max(first)", "n: max(first)")]
    [InlineData("n: min", "n: min")]
    [InlineData("n: COUNT", "n: COUNT")]
    [InlineData("first: search", "first: search")]
    public void No_word_is_reserved_in_a_selection(string items, string expected)
    {
        Assert.Equal($"query {{ A {{ {expected} }} }}", DialectPrinter.Print(Texts.Query($"query {{ A {{ {items} }} }}")));
    }

    [Theory]
    [InlineData("first = 10, skip != 1, search > 2", "first = 10, skip != 1, search > 2")]
    [InlineData("order_by >= 1, nullable < 2, before <= 3, after = 4", "order_by >= 1, nullable < 2, before <= 3, after = 4")]
    [InlineData("first->1 = 2", "first->1 = 2")]
    [InlineData("order_by(first asc, order_by desc, nullable ASC)", "order_by(first asc, order_by desc, nullable asc)")]
    [InlineData("nullable(nullable, first)", "nullable(nullable, first)")]
    public void No_word_is_reserved_in_parameters(string parameters, string expected)
    {
        Assert.Equal($"query {{ A({expected}) {{ x }} }}", DialectPrinter.Print(Texts.Query($"query {{ A({parameters}) {{ x }} }}")));
    }

    [Theory]
    [InlineData("search(\"a b\")", "search(\"a b\")")]
    [InlineData("search ( $s )", "search($s)")]
    [InlineData("first 10", "first 10")]
    [InlineData("first $n, skip $m", "first $n, skip $m")]
    [InlineData("first -1", "first -1")]
    [InlineData("first\n007", "first 7")]
    [InlineData("order_by(a asc, b DESC,)", "order_by(a asc, b desc)")]
    [InlineData("before(1), order_by(a asc)", "order_by(a asc), before(1)")]
    [InlineData("after($m, \"s\", 1.5, -2, TRUE,)", "after($m, \"s\", 1.5, -2, true)")]
    [InlineData("nullable(a, b,)", "nullable(a, b)")]
    [InlineData("a=1,b!=2,c>3,d>=4,e<5,f<=6,", "a = 1, b != 2, c > 3, d >= 4, e < 5, f <= 6")]
    [InlineData("a = null, b != NULL", "a = null, b != null")]
    [InlineData("a = $a, j->$.k = \"x\", j->0 != null", "a = $a, j->$.k = \"x\", j->0 != null")]
    public void Every_parameter_is_read(string parameters, string expected)
    {
        Assert.Equal($"query {{ A({expected}) {{ x }} }}", DialectPrinter.Print(Texts.Query($"query {{ A({parameters}) {{ x }} }}")));
    }

    [Fact]
    public void Orders_and_nullables_add_up_and_of_the_rest_the_last_stands()
    {
        const string Text = """
            query { A(order_by(a asc), first 1, search("x"), nullable(r), skip 1, after(1), first 2, order_by(b desc),
                      nullable(s), search("y"), after(2, 3), before(4), skip 3, before(5)) { x } }
            """;

        Assert.Equal(
            "query { A(search(\"y\"), order_by(a asc, b desc), before(5), after(2, 3), first 2, skip 3, nullable(r, s)) { x } }",
            DialectPrinter.Print(Texts.Query(Text)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("// only a comment")]
    [InlineData("query")]
    [InlineData("query {")]
    [InlineData("query { }")]
    [InlineData("query q q { A { x } }")]
    [InlineData("QUERY { A { x } }")]
    [InlineData("mutate { A { x: 1 } }")]
    [InlineData("delete { A { $x } }")]
    [InlineData("{ A { x } }")]
    [InlineData("query { A { x } } more")]
    [InlineData("query { A { x } } }")]
    [InlineData("query { A }")]
    [InlineData("query { A { } }")]
    [InlineData("query { A() { } }")]
    [InlineData("query { a.b.C { x } }")]
    [InlineData("query { a: b: C { x } }")]
    [InlineData("query { A { x }, B { x } }")]
    [InlineData("query { A-b { x } }")]
    [InlineData("query { .A { x } }")]
    [InlineData("query { \"A\" { x } }")]
    [InlineData("query { $A { x } }")]
    [InlineData("query { A { x /* c */ y } }")]
    [InlineData("query { A { x # c\n y } }")]
    [InlineData("query { A { x\u00A0} }")]
    public void A_document_that_does_not_follow_the_grammar_is_a_syntax_error(string text)
    {
        Texts.Fails(() => Texts.Query(text));
    }

    [Theory]
    [InlineData("x, y")]
    [InlineData("a: b: x")]
    [InlineData("a: ")]
    [InlineData(": x")]
    [InlineData("n.x")]
    [InlineData("a.b: x")]
    [InlineData("r { }")]
    [InlineData("x(first 1)")]
    [InlineData("x()")]
    [InlineData("count()")]
    [InlineData("sum(x)")]
    [InlineData("n: count(x)")]
    [InlineData("n: sum()")]
    [InlineData("n: sum(x, y)")]
    [InlineData("n: sum(x) { y }")]
    [InlineData("n: median(x)")]
    [InlineData("n: SUM(x)")]
    [InlineData("j->$")]
    [InlineData("v: j ->$")]
    [InlineData("v: j-> $")]
    [InlineData("v: j->")]
    [InlineData("v: j->a")]
    [InlineData("v: j->-1")]
    [InlineData("v: j->1a")]
    [InlineData("v: j->$a")]
    [InlineData("v: j->$.")]
    [InlineData("v: j->$. a")]
    [InlineData("v: j->$.a.")]
    [InlineData("v: j->$[0]")]
    [InlineData("v: j->$.a[0][1]")]
    [InlineData("v: j->$.a[]")]
    [InlineData("v: j->$.a[x]")]
    [InlineData("v: j->$.a[0")]
    [InlineData("v: j->$.a[0]b")]
    [InlineData("v: j->$.\"a\"")]
    [InlineData("v: j->$/* */.a")]
    [InlineData("@x")]
    [InlineData("\"x\"")]
    public void A_selection_that_does_not_follow_the_grammar_is_a_syntax_error(string items)
    {
        Texts.Fails(() => Texts.Query($"query {{ A {{ {items} }} }}"));
    }

    [Theory]
    [InlineData(",")]
    [InlineData("first 1,, skip 2")]
    [InlineData("first 1 skip 2")]
    [InlineData("first")]
    [InlineData("first 1.5")]
    [InlineData("first \"1\"")]
    [InlineData("first true")]
    [InlineData("first null")]
    [InlineData("first(1)")]
    [InlineData("first a")]
    [InlineData("FIRST 1")]
    [InlineData("search()")]
    [InlineData("search(5)")]
    [InlineData("search(light)")]
    [InlineData("search(null)")]
    [InlineData("search(\"a\", \"b\")")]
    [InlineData("search \"a\"")]
    [InlineData("order_by()")]
    [InlineData("order_by(a)")]
    [InlineData("order_by(a up)")]
    [InlineData("order_by(a asc b asc)")]
    [InlineData("order_by(a.b asc)")]
    [InlineData("order_by(j->0 asc)")]
    [InlineData("order_by a asc")]
    [InlineData("ORDER_BY(a asc)")]
    [InlineData("after()")]
    [InlineData("after(null)")]
    [InlineData("after(a)")]
    [InlineData("after(1 2)")]
    [InlineData("before 1")]
    [InlineData("nullable()")]
    [InlineData("nullable(a b)")]
    [InlineData("nullable($a)")]
    [InlineData("nullable a")]
    [InlineData("a")]
    [InlineData("a(1)")]
    [InlineData("a =")]
    [InlineData("a == 1")]
    [InlineData("a <> 1")]
    [InlineData("a > = 1")]
    [InlineData("a ! = 1")]
    [InlineData("a = b")]
    [InlineData("a = [1]")]
    [InlineData("a = { x: 1 }")]
    [InlineData("1 = a")]
    [InlineData("$a = 1")]
    [InlineData("n.a = 1")]
    [InlineData("a = 1 b = 2")]
    [InlineData("j->$ 1")]
    [InlineData("j->$.a")]
    public void Parameters_that_do_not_follow_the_grammar_are_a_syntax_error(string parameters)
    {
        Texts.Fails(() => Texts.Query($"query {{ A({parameters}) {{ x }} }}"));
    }

    [Theory]
    [InlineData("query { A { x } A { y } }")]
    [InlineData("query { k: A { x } k: B { y } }")]
    [InlineData("query { A { x } A: B { y } }")]
    [InlineData("query { n . A { x } n.A { y } }")]
    [InlineData("query { A { x x } }")]
    [InlineData("query { A { k: x k: y } }")]
    [InlineData("query { A { x k: r { y } k: j->$ } }")]
    [InlineData("query { A { r { y n: count() n: sum(y) } } }")]
    public void A_key_twice_is_refused(string text)
    {
        Texts.Fails(ErrorCode.DuplicateKey, () => Texts.Query(text));
    }

    [Fact]
    public void Keys_differ_by_case_and_by_selection()
    {
        Texts.Query("query { A { x X r { x X } } a: A { x } }");
    }

    [Fact]
    public void A_key_twice_is_found_among_many()
    {
        string items = string.Join(' ', Enumerable.Range(0, 100).Select(i => $"f{i}"));

        DiscreetException error = Texts.Fails(ErrorCode.DuplicateKey, () => Texts.Query($"query {{ A {{ {items} f50 }} }}"));

        Assert.Equal("f50", error.Location?.Excerpt);
        Assert.Equal($"query {{ A {{ {items} ".Length + 1, error.Location?.Column);
    }

    [Theory]
    [InlineData("query { _a: A { x } }")]
    [InlineData("query { A { _a: x } }")]
    [InlineData("query { A { _a: r { x } } }")]
    [InlineData("query { A { _a: j->$ } }")]
    [InlineData("query { A { _a: count() } }")]
    public void An_alias_does_not_begin_with_an_underscore(string text)
    {
        DiscreetException error = Texts.Fails(ErrorCode.InvalidName, () => Texts.Query(text));

        Assert.Equal("_a", error.Location?.Excerpt);
    }

    [Fact]
    public void An_array_index_beyond_64_bits_is_out_of_range()
    {
        Texts.Fails(ErrorCode.IntegerOutOfRange, () => Texts.Query("query { A { v: j->99999999999999999999 } }"));
    }

    [Fact]
    public void Every_node_says_where_it_stands()
    {
        const string Text = "query { a: n.A(f = 1, j->$.k != $v) { b: c r { d } v: j->$.x n: sum(c) } }";

        QueryRoot root = Texts.Query(Text).Roots[0];

        Assert.Equal("a", At(Text, root.Alias!.Value.Span)); // the text gives one
        Assert.Equal("n.A", At(Text, root.Entity.Span));
        Assert.Equal(["f = 1", "j->$.k != $v"], root.Parameters.Filters.Select(filter => At(Text, filter.Span)));
        Assert.Equal("$v", At(Text, root.Parameters.Filters[1].Value.Span));
        Assert.Equal(["b: c", "r", "v: j->$.x", "n: sum(c)"], root.Items.Select(item => At(Text, item.Span)));
    }

    private static string At(string text, SourceSpan span) => text.Substring(span.Start, span.Length);
}
