using System.Text.Json;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>Dialect §7.5: rooms handed down and rows that move, now between no room and the private room.</summary>
public sealed class RoomTests
{
    [Theory]
    [InlineData("mutate { N { room_id: $p k: \"x\" one: { k: \"y\" } many: [{ k: \"z\" }, { id: $b }] } }", "a[] b[] c[] d[] x→y[b z]p y[]p z[]p")]
    [InlineData("mutate { N { room_id: $p k: \"x\" many: [{ id: $b many: [{ k: \"y\" }] }] } }", "a[] b[y] c[] d[] x[b]p y[]p")]
    [InlineData("mutate { N { room_id: $p k: \"x\" one: { room_id: null k: \"y\" one: { k: \"z\" } } } }", "a[] b[] c[] d[] x→y[]p y→z[] z[]")]
    [InlineData("mutate { N { room_id: null k: \"x\" } }", "a[] b[] c[] d[] x[]")]
    [InlineData("mutate { N { k: \"x\" one: { k: \"y\" room_id: $p } } }", "a[] b[] c[] d[] x→y[] y[]p")]
    [InlineData("mutate { N { id: $a room_id: $p one: { k: \"y\" } } }", "a→y[]p b[] c[] d[] y[]p")]
    [InlineData("mutate { N { id: $a room_id: null one: { k: \"y\" } } }", "a→y[] b[] c[] d[] y[]")]
    public async Task Rooms_are_handed_down_by_the_text_to_new_rows_only(string text, string shape)
    {
        await using TestGraph graph = await TestGraph.Open();

        await graph.Mutate(text);

        Assert.Equal(shape, await graph.Shape());
    }

    [Theory]
    [InlineData("mutate { N { id: $a room_id: $p } }", "a→b[c d]p b→a[a d] c[a] d[]")]
    [InlineData("mutate { N { id: $b room_id: $p } }", "a→b[c d] b→a[a d]p c[a] d[]")]
    [InlineData("mutate { x: N { id: $a room_id: $p } y: N { id: $b room_id: $p } }", "a→b[c d]p b→a[a d]p c[a] d[]")]
    [InlineData("mutate { N { id: $a room_id: $p one: { id: $b room_id: $p one: { id: $a } } } }", "a→b[c d]p b→a[a d]p c[a] d[]")]
    [InlineData("mutate { N { id: $a room_id: $p one: { id: $c } many: null } }", "a→c[]p b→a[a d] c[a] d[]")]
    [InlineData("mutate { N { id: $a room_id: $p many: [{ id: $a }] } }", "a→b[a c d]p b→a[a d] c[a] d[]")]
    [InlineData("mutate { N { id: $a room_id: $p one: { id: $a } } }", "a→a[c d]p b→a[a d] c[a] d[]")]
    [InlineData("mutate { N { id: $d many: [{ id: $a room_id: $p }, { id: $b }] } }", "a→b[c d]p b→a[a d] c[a] d[a b]")]
    [InlineData("mutate { N { id: $d many: [{ id: $a }] one: { id: $a room_id: $p } } }", "a→b[c d]p b→a[a d] c[a] d→a[a]")]
    [InlineData("mutate { N { k: \"x\" one: { id: $a room_id: $p } many: [{ id: $a }] } }", "a→b[c d]p b→a[a d] c[a] d[] x→a[a]")]
    [InlineData("mutate { N { id: $a room_id: $p one: { k: \"x\" one: { id: $a } many: [{ id: $a }] } } }", "a→x[c d]p b→a[a d] c[a] d[] x→a[a]p")]
    [InlineData("mutate { N { id: $b room_id: $p one: null many: null } }", "a→b[c d] b[]p c[a] d[]")]
    [InlineData("mutate { x: N { id: $a room_id: $p } y: N { id: $a room_id: null } }", "a→b[c d] b→a[a d] c[a] d[]")]
    public async Task A_row_moves_with_its_links_and_links_to_it_follow(string text, string shape)
    {
        await using TestGraph graph = await TestGraph.Open();
        await graph.Mutate("mutate { x: N { id: $a one: { id: $b } many: [{ id: $c }, { id: $d }] } y: N { id: $b one: { id: $a } many: [{ id: $a }, { id: $d }] } z: N { id: $c many: [{ id: $a }] } }");

        await graph.Mutate(text);

        Assert.Equal(shape, await graph.Shape());
    }

    [Fact]
    public async Task A_moved_row_has_a_new_id_and_its_old_one_is_gone_for_ever()
    {
        await using TestGraph graph = await TestGraph.Open();

        JsonElement moved = (await graph.Mutate("mutate { N { id: $a room_id: $p v: 3 } }")).GetProperty("N");

        Assert.Equal(["id", "v"], moved.EnumerateObject().Select(member => member.Name));
        Assert.Equal("""{"N":[]}""", await graph.Engine.QueryText("query { N(id = $a) { k } }", graph.Ids));
        Assert.Equal(
            """{"N":[{"k":"a","v":3}]}""", await graph.Engine.QueryText("query { N(id = $n) { k v } }", new() { ["n"] = moved.Id() }));
        Assert.Equal(ErrorCode.UnknownRow, await graph.Engine.MutateFails("mutate { N { id: $a v: 1 } }", graph.Ids));
    }

    [Fact]
    public async Task A_move_counts_as_an_insertion_and_links_that_follow_change_their_source()
    {
        await using TestGraph graph = await TestGraph.Open();
        await graph.Mutate("mutate { x: N { id: $b one: { id: $a } } y: N { id: $c many: [{ id: $a }] } }");
        DateTimeOffset now = graph.Engine.Clock.GetUtcNow();

        await graph.Mutate("mutate { N { id: $a room_id: $p } }");

        JsonElement rows = (await graph.Engine.Query("query { N(order_by(k asc)) { cdate mdate } }")).GetProperty("N");
        long date = now.ToUnixTimeMilliseconds();
        Assert.Equal((date, date), Dates(rows[0]));
        Assert.Equal(date, Dates(rows[1]).Mdate);
        Assert.Equal(date, Dates(rows[2]).Mdate);
        Assert.NotEqual(date, Dates(rows[3]).Mdate);
    }

    [Fact]
    public async Task Every_value_goes_along()
    {
        await using TestEngine engine = await TestEngine.Open();
        string boat = await engine.Insert(
            """mutate { harbour.Boat { name: "Aria" length: 7.5 crew: 3 insured: false papers: "{\"kw\":40}" photo: "QUJD" _binary: "AQID" } }""");
        const string Values = "name length crew insured papers photo _binary";
        string before = await engine.QueryText($"query {{ harbour.Boat {{ {Values} }} }}");

        await engine.Mutate("mutate { harbour.Boat { id: $b room_id: $p } }", new() { ["b"] = boat, ["p"] = engine.PrivateRoom });

        Assert.Equal(before, await engine.QueryText($"query {{ harbour.Boat(room_id = $p) {{ {Values} }} }}", new() { ["p"] = engine.PrivateRoom }));
    }

    [Fact]
    public async Task The_present_room_is_no_move_and_no_change()
    {
        await using TestGraph graph = await TestGraph.Open();

        await graph.Mutate("mutate { N { id: $a room_id: null } }");

        Assert.Equal("", await graph.Changed());
        Assert.Equal("""{"N":[{"k":"a"}]}""", await graph.Engine.QueryText("query { N(id = $a) { k } }", graph.Ids));
    }

    [Theory]
    [InlineData("mutate { N { room_id: $x k: \"x\" } }")]
    [InlineData("mutate { N { id: $a room_id: $x } }")]
    [InlineData("mutate { N { id: $a many: [{ k: \"x\" room_id: $x }] } }")]
    [InlineData("mutate { N { room_id: \"AAAAAAAAAAAAAAAAAAAAAA\" k: \"x\" } }")]
    public async Task A_room_this_database_does_not_hold_is_refused(string text)
    {
        await using TestGraph graph = await TestGraph.Open();
        graph.Ids["x"] = "AAECAwQFBgcICQoLDA0ODw";

        Assert.Equal(ErrorCode.UnknownRoom, await graph.Engine.MutateFails(text, graph.Ids));
        Assert.Equal("a[] b[] c[] d[]", await graph.Shape());
    }

    [Fact]
    public async Task Each_room_gets_a_commit_of_its_own()
    {
        await using TestGraph graph = await TestGraph.Open();

        var outcome = await graph.Engine.Engine.MutateAsync(
            "mutate { x: N { id: $a room_id: $p } y: N { id: $b v: 1 } }", graph.Ids, null, CancellationToken.None);

        Assert.Equal([Uid.Zero, graph.Engine.Engine.PrivateRoom], outcome.Commits.Select(commit => commit.Room).Order());
    }

    private static (long Cdate, long Mdate) Dates(JsonElement row) =>
        (row.GetProperty("cdate").GetInt64(), row.GetProperty("mdate").GetInt64());
}
