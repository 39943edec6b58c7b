namespace DiscreetDb.EngineTests.Mutation;

/// <summary>Dialect §8.</summary>
public sealed class DeletionTests
{
    [Theory]
    [InlineData("delete { N { $a } }", "b[c] c[] d[]", "b")]
    [InlineData("delete { N { $c } }", "a→b[d] b→a[] d[]", "a b")]
    [InlineData("delete { N { $b } }", "a[c d] c[] d[]", "a")]
    [InlineData("delete { N { $a many[$c] } }", "a→b[d] b→a[c] c[] d[]", "a b")]
    [InlineData("delete { N { $a many[$c, $d, $c, $b, $z] } }", "a→b[] b→a[c] c[] d[]", "a b")]
    [InlineData("delete { x: N { $a many[$c] } y: N { $b many[$c] } N { $d } }", "a→b[] b→a[] c[]", "a b")]
    [InlineData("delete { x: N { $a many[$c] } y: N { $a } }", "b[c] c[] d[]", "b")]
    [InlineData("delete { y: N { $a } x: N { $a many[$c] } }", "b[c] c[] d[]", "b")]
    [InlineData("delete { x: N { $a } y: N { $a } }", "b[c] c[] d[]", "b")]
    [InlineData("delete { x: N { $z } y: N { $z many[$a] } }", "a→b[c d] b→a[c] c[] d[]", "a b")]
    public async Task A_deletion_of_rows_and_links(string text, string shape, string changed)
    {
        await using TestGraph graph = await TestGraph.Open();
        await graph.Mutate("mutate { x: N { id: $a one: { id: $b } many: [{ id: $c }, { id: $d }] } y: N { id: $b one: { id: $a } many: [{ id: $c }] } }");
        graph.Ids["z"] = "AAECAwQFBgcICQoLDA0ODw";

        await graph.Delete(text);

        Assert.Equal(shape, await graph.Shape());
        Assert.Equal(changed, await graph.Changed());
    }

    [Fact]
    public async Task Removing_a_link_changes_its_source_and_removing_none_does_not()
    {
        await using TestGraph graph = await TestGraph.Open();
        await graph.Mutate("mutate { N { id: $a many: [{ id: $b }] } }");
        long linked = await Mdate(graph);

        await graph.Delete("delete { N { $a many[$c, $d] } }");
        long afterNothing = await Mdate(graph);
        await graph.Delete("delete { N { $a many[$b] } }");

        Assert.Equal(linked, afterNothing);
        Assert.NotEqual(linked, await Mdate(graph));
    }

    [Fact]
    public async Task An_id_of_another_entity_deletes_nothing()
    {
        await using TestEngine engine = await TestEngine.Open();
        string memo = await engine.Insert("""mutate { Memo { text: "a" } }""");

        await engine.Delete("delete { harbour.Boat { $m } }", new() { ["m"] = memo });

        Assert.Equal("""{"Memo":[{"text":"a"}]}""", await engine.QueryText("query { Memo { text } }"));
    }

    [Fact]
    public async Task A_deletion_of_the_private_room_is_allowed()
    {
        await using TestEngine engine = await TestEngine.Open();
        string memo = await engine.Insert("""mutate { Memo { room_id: $p text: "a" } }""", new() { ["p"] = engine.PrivateRoom });

        await engine.Delete("delete { Memo { $m } }", new() { ["m"] = memo });

        Assert.Equal("""{"Memo":[]}""", await engine.QueryText("query { Memo { text } }"));
    }

    [Fact]
    public async Task Bad_parameters_delete_nothing()
    {
        await using TestGraph graph = await TestGraph.Open();

        Assert.Equal(ErrorCode.MissingParameter, (await Assert.ThrowsAsync<DiscreetException>(() => graph.Delete("delete { x: N { $a } y: N { $q } }"))).Code);
        graph.Ids["q"] = "not base64!";
        Assert.Equal(ErrorCode.InvalidBase64, (await Assert.ThrowsAsync<DiscreetException>(() => graph.Delete("delete { x: N { $a } y: N { $q } }"))).Code);
        graph.Ids["q"] = null;
        Assert.Equal(ErrorCode.NotNullable, (await Assert.ThrowsAsync<DiscreetException>(() => graph.Delete("delete { x: N { $a } y: N { $q } }"))).Code);
        Assert.Equal("a[] b[] c[] d[]", await graph.Shape());
    }

    private static async Task<long> Mdate(TestGraph graph) =>
        (await graph.Engine.Query("query { N(id = $a) { mdate } }", graph.Ids)).GetProperty("N")[0].GetProperty("mdate").GetInt64();
}
