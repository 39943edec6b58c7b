namespace DiscreetDb.EngineTests.Mutation;

/// <summary>Dialect §7.4: links added, replaced and cleared, and when that is a change of the source row.</summary>
public sealed class RelationTests
{
    [Theory]
    [InlineData("mutate { N { id: $a one: { id: $b } } }", "a→b[] b[] c[] d[]", "a")]
    [InlineData("mutate { N { id: $a many: [{ id: $b }, { id: $c }, { id: $b }] } }", "a[b c] b[] c[] d[]", "a")]
    [InlineData("mutate { N { id: $a one: { id: $a } many: [{ id: $a }] } }", "a→a[a] b[] c[] d[]", "a")]
    [InlineData("mutate { N { id: $a one: null many: null } }", "a[] b[] c[] d[]", "")]
    [InlineData("mutate { N { id: $a many: [{ id: $b v: 1 }] } }", "a[b] b[] c[] d[]", "a b")]
    [InlineData("mutate { N { id: $a many: [{ k: \"x\" }] } }", "a[x] b[] c[] d[] x[]", "a")]
    [InlineData("mutate { x: N { id: $a many: [{ id: $b }] } y: N { id: $a many: null } }", "a[] b[] c[] d[]", "")]
    [InlineData("mutate { x: N { id: $a many: null } y: N { id: $a many: [{ id: $b }] } }", "a[b] b[] c[] d[]", "a")]
    [InlineData("mutate { x: N { id: $a one: { id: $b } } y: N { id: $a one: { id: $c } } }", "a→c[] b[] c[] d[]", "a")]
    [InlineData("mutate { x: N { id: $a one: { id: $b } } y: N { id: $a one: null } }", "a[] b[] c[] d[]", "")]
    [InlineData("mutate { N { id: $a one: { id: $a one: { id: $b } } } }", "a→b[] b[] c[] d[]", "a")]
    [InlineData("mutate { N { id: $a many: [{ id: $a many: null }] } }", "a[] b[] c[] d[]", "")]
    [InlineData("mutate { N { id: $a many: [{ id: $b many: [{ id: $a }] }] } }", "a[b] b[a] c[] d[]", "a b")]
    public async Task A_mutation_of_rows_without_links(string text, string shape, string changed)
    {
        await using TestGraph graph = await TestGraph.Open();

        await graph.Mutate(text);

        Assert.Equal(shape, await graph.Shape());
        Assert.Equal(changed, await graph.Changed());
    }

    [Theory]
    [InlineData("mutate { N { id: $a one: { id: $b } many: [{ id: $c }] } }", "a→b[c d] b[] c[] d[]", false)]
    [InlineData("mutate { N { id: $a one: { id: $b v: 9 } } }", "a→b[c d] b[] c[] d[]", false)]
    [InlineData("mutate { N { id: $a one: { id: $c } } }", "a→c[c d] b[] c[] d[]", true)]
    [InlineData("mutate { N { id: $a one: { k: \"x\" } } }", "a→x[c d] b[] c[] d[] x[]", true)]
    [InlineData("mutate { N { id: $a one: null } }", "a[c d] b[] c[] d[]", true)]
    [InlineData("mutate { N { id: $a many: null } }", "a→b[] b[] c[] d[]", true)]
    [InlineData("mutate { N { id: $a many: [{ id: $a }] } }", "a→b[a c d] b[] c[] d[]", true)]
    [InlineData("mutate { x: N { id: $a many: null } y: N { id: $a many: [{ id: $c }] } }", "a→b[c] b[] c[] d[]", true)]
    [InlineData("mutate { x: N { id: $a many: null one: null } y: N { id: $a many: [{ id: $d }, { id: $c }] one: { id: $b } } }", "a→b[c d] b[] c[] d[]", false)]
    [InlineData("mutate { N { id: $b v: 3 one: { id: $a } } }", "a→b[c d] b→a[] c[] d[]", false)]
    public async Task A_mutation_of_a_row_linked_to_b_and_to_c_and_d(string text, string shape, bool isChanged)
    {
        await using TestGraph graph = await TestGraph.Open();
        await graph.Mutate("mutate { N { id: $a one: { id: $b } many: [{ id: $c }, { id: $d }] } }");
        long before = await Mdate(graph);

        await graph.Mutate(text);

        Assert.Equal(shape, await graph.Shape());
        Assert.Equal(isChanged, await Mdate(graph) != before);
    }

    [Fact]
    public async Task New_rows_may_nest_to_the_bound()
    {
        await using TestGraph graph = await TestGraph.Open();
        string text = string.Concat(Enumerable.Repeat("one: { k: \"n\" ", Limits.NestingDepth - 1)) + string.Concat(Enumerable.Repeat("}", Limits.NestingDepth - 1));

        await graph.Mutate($"mutate {{ N {{ k: \"n\" {text} }} }}");

        Assert.Equal($$"""{"n":[{"c":{{Limits.NestingDepth}}}]}""", await graph.Engine.QueryText("query { n: N(k = \"n\") { c: count() } }"));
    }

    private static async Task<long> Mdate(TestGraph graph) =>
        (await graph.Engine.Query("query { N(id = $a) { mdate } }", graph.Ids)).GetProperty("N")[0].GetProperty("mdate").GetInt64();
}
