using DiscreetDb.Mutation;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>A mutation that holds only while rows are as the caller saw them.</summary>
public sealed class ConditionTests
{
    [Fact]
    public async Task It_is_written_while_the_rows_are_unchanged()
    {
        await using TestGraph graph = await TestGraph.Open();
        (Uid id, long mdate) = await Read(graph, "a");

        await graph.Engine.Mutate("mutate { N { id: $a v: 5 } }", graph.Ids, Only(id, mdate));

        Assert.Equal("a", await graph.Changed());
    }

    [Theory]
    [InlineData("mutate { N { id: $a v: 5 } }")]
    [InlineData("mutate { N { id: $b v: 5 } }")]
    [InlineData("mutate { N { id: $b one: { id: $a } } }")]
    [InlineData("mutate { N { k: \"x\" } }")]
    public async Task It_is_refused_when_a_row_was_changed_whether_the_text_names_it_or_not(string text)
    {
        await using TestGraph graph = await TestGraph.Open();
        (Uid id, long mdate) = await Read(graph, "a");
        await graph.Mutate("mutate { N { id: $a v: 1 } }");

        Assert.Equal(ErrorCode.RowChanged, await graph.Engine.MutateFails(text, graph.Ids, Only(id, mdate)));
        Assert.Equal("a[] b[] c[] d[]", await graph.Shape());
        Assert.Equal("a", await graph.Changed());
    }

    [Theory]
    [InlineData("mutate { N { id: $a v: 5 } }")]
    [InlineData("mutate { N { id: $b v: 5 } }")]
    public async Task It_is_refused_when_a_row_is_gone(string text)
    {
        await using TestGraph graph = await TestGraph.Open();
        (Uid id, long mdate) = await Read(graph, "a");
        await graph.Delete("delete { N { $a } }");

        Assert.Equal(ErrorCode.RowChanged, await graph.Engine.MutateFails(text, graph.Ids, Only(id, mdate)));
        Assert.Equal("", await graph.Changed());
    }

    private static MutationOptions Only(Uid id, long mdate) => new() { IfMdate = new Dictionary<Uid, long> { [id] = mdate } };

    private static async Task<(Uid Id, long Mdate)> Read(TestGraph graph, string key)
    {
        var row = (await graph.Engine.Query("query { N(k = $k) { id mdate } }", new() { ["k"] = key })).GetProperty("N")[0];
        return (Uid.Parse(row.Id()), row.GetProperty("mdate").GetInt64());
    }
}
