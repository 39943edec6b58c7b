using System.Text.Json;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>Dialect §7.2 and §7.3.</summary>
public sealed class InsertAndUpdateTests
{
    [Fact]
    public async Task An_insertion_writes_what_is_given_and_the_defaults()
    {
        await using TestEngine engine = await TestEngine.Open();

        await engine.Mutate("""mutate { harbour.Boat { name: "Aria" crew: 3 } }""");

        Assert.Equal(
            """{"b":[{"name":"Aria","length":0.0,"crew":3,"insured":true,"papers":null,"photo":null,"home":null,"owners":[]}]}""",
            await engine.QueryText("query { b: harbour.Boat(nullable(home, owners)) { name length crew insured papers photo home { id } owners { id } } }"));
    }

    [Fact]
    public async Task An_inserted_row_has_one_date_for_both_and_shares_it_with_its_document()
    {
        await using TestEngine engine = await TestEngine.Open();

        await engine.Mutate("""mutate { Memo { text: "a" } harbour.Boat { name: "b" home: { code: "c" } } }""");

        JsonElement answer = await engine.Query("query { Memo { cdate mdate } harbour.Boat { cdate mdate home { cdate mdate } } }");
        long date = answer.GetProperty("Memo")[0].GetProperty("cdate").GetInt64();
        Assert.Equal(engine.Clock.GetUtcNow().ToUnixTimeMilliseconds(), date);
        JsonElement boat = answer.GetProperty("harbour.Boat")[0];
        Assert.Equal([date, date, date, date, date], [
            answer.GetProperty("Memo")[0].GetProperty("mdate").GetInt64(),
            boat.GetProperty("cdate").GetInt64(), boat.GetProperty("mdate").GetInt64(),
            boat.GetProperty("home").GetProperty("cdate").GetInt64(), boat.GetProperty("home").GetProperty("mdate").GetInt64(),
        ]);
    }

    [Fact]
    public async Task An_update_changes_only_what_is_given_and_the_date()
    {
        await using TestEngine engine = await TestEngine.Open();
        string boat = await engine.Insert("""mutate { harbour.Boat { name: "Aria" crew: 3 photo: "QUJD" length: 7.5 } }""");
        engine.Later();

        await engine.Mutate("mutate { harbour.Boat { id: $boat crew: 4 photo: null } }", new() { ["boat"] = boat });

        JsonElement row = (await engine.Query("query { harbour.Boat { name crew photo length cdate mdate } }")).GetProperty("harbour.Boat")[0];
        Assert.Equal("Aria", row.GetProperty("name").GetString());
        Assert.Equal(4, row.GetProperty("crew").GetInt64());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("photo").ValueKind);
        Assert.Equal(7.5, row.GetProperty("length").GetDouble());
        Assert.Equal(1000, row.GetProperty("mdate").GetInt64() - row.GetProperty("cdate").GetInt64());
    }

    [Fact]
    public async Task The_same_value_again_is_a_change_and_a_reference_is_none()
    {
        await using TestEngine engine = await TestEngine.Open();
        string memo = await engine.Insert("""mutate { Memo { text: "a" } }""");
        long first = await Mdate(engine, "Memo");
        engine.Later();

        await engine.Mutate("mutate { Memo { id: $m } }", new() { ["m"] = memo });
        long afterReference = await Mdate(engine, "Memo");
        await engine.Mutate("""mutate { Memo { id: $m text: "a" } }""", new() { ["m"] = memo });

        Assert.Equal(first, afterReference);
        Assert.Equal(first + 1000, await Mdate(engine, "Memo"));
    }

    [Fact]
    public async Task A_document_that_changes_nothing_becomes_no_commit()
    {
        await using TestEngine engine = await TestEngine.Open();
        string memo = await engine.Insert("""mutate { Memo { text: "a" } }""");

        var outcome = await engine.Engine.MutateAsync("mutate { Memo { id: $m } }", new Parameters { ["m"] = memo }, null, CancellationToken.None);

        Assert.Empty(outcome.Commits);
    }

    [Fact]
    public async Task An_unknown_row_a_deleted_row_and_a_row_of_another_entity_are_refused()
    {
        await using TestEngine engine = await TestEngine.Open();
        string memo = await engine.Insert("""mutate { Memo { text: "a" } }""");
        string gone = await engine.Insert("""mutate { Memo { text: "b" } }""");
        await engine.Delete("delete { Memo { $m } }", new() { ["m"] = gone });

        Assert.Equal(ErrorCode.UnknownRow, await engine.MutateFails("""mutate { Memo { id: $m text: "x" } }""", new() { ["m"] = Uid.Zero }));
        Assert.Equal(ErrorCode.UnknownRow, await engine.MutateFails("""mutate { Memo { id: $m text: "x" } }""", new() { ["m"] = gone }));
        Assert.Equal(ErrorCode.UnknownRow, await engine.MutateFails("""mutate { Memo { id: $m } }""", new() { ["m"] = gone }));
        Assert.Equal(ErrorCode.UnknownRow, await engine.MutateFails("mutate { harbour.Owner { id: $m nick: null } }", new() { ["m"] = memo }));
        Assert.Equal(
            ErrorCode.UnknownRow, await engine.MutateFails("""mutate { harbour.Boat { name: "n" home: { id: $m } } }""", new() { ["m"] = memo }));
    }

    [Fact]
    public async Task The_message_of_an_unknown_row_says_where_it_stands()
    {
        await using TestEngine engine = await TestEngine.Open();

        DiscreetException error = await Assert.ThrowsAsync<DiscreetException>(
            () => engine.Mutate("mutate {\n Memo { id: $m text: \"x\" } }", new() { ["m"] = Uid.Zero }));

        Assert.Equal(new SourceLocation(2, 13, "$m"), error.Location);
    }

    [Fact]
    public async Task A_document_with_one_failing_row_writes_nothing()
    {
        await using TestEngine engine = await TestEngine.Open();
        string memo = await engine.Insert("""mutate { Memo { text: "a" } }""");
        engine.Later();

        ErrorCode code = await engine.MutateFails(
            """mutate { a: Memo { text: "new" } b: Memo { id: $m text: "changed" } c: harbour.Boat { name: "x" home: { id: $x } } }""",
            new() { ["m"] = memo, ["x"] = Uid.Zero });

        Assert.Equal(ErrorCode.UnknownRow, code);
        Assert.Equal("""{"Memo":[{"text":"a"}],"harbour.Boat":[]}""", await engine.QueryText("query { Memo { text } harbour.Boat { name } }"));
    }

    [Fact]
    public async Task A_row_beyond_its_bound_is_refused_and_nothing_is_written()
    {
        await using TestEngine engine = await TestEngine.Open();
        string large = new('x', Limits.RowSizeBytes + 1);
        string memo = await engine.Insert("""mutate { Memo { text: "a" } }""");

        Assert.Equal(ErrorCode.RowTooLarge, await engine.MutateFails("mutate { a: Memo { text: \"b\" } b: Memo { text: $t } }", new() { ["t"] = large }));
        Assert.Equal(ErrorCode.RowTooLarge, await engine.MutateFails("mutate { Memo { id: $m text: $t } }", new() { ["m"] = memo, ["t"] = large }));
        Assert.Equal("""{"Memo":[{"text":"a"}]}""", await engine.QueryText("query { Memo { text } }"));
    }

    [Fact]
    public async Task A_row_does_not_grow_beyond_its_bound_by_several_updates()
    {
        await using TestEngine engine = await TestEngine.Open("{ Wide { a: String nullable, b: String nullable } }");
        string half = new('x', (Limits.RowSizeBytes / 2) + 1);
        string row = await engine.Insert("mutate { Wide { a: $t } }", new() { ["t"] = half });

        Assert.Equal(ErrorCode.RowTooLarge, await engine.MutateFails("mutate { Wide { id: $r b: $t } }", new() { ["r"] = row, ["t"] = half }));
        await engine.Mutate("mutate { Wide { id: $r a: $t } }", new() { ["r"] = row, ["t"] = half });
        await engine.Mutate("mutate { Wide { id: $r a: null b: $t } }", new() { ["r"] = row, ["t"] = half });
    }

    [Fact]
    public async Task Parameters_are_bound_before_anything_is_written()
    {
        await using TestEngine engine = await TestEngine.Open();

        Assert.Equal(ErrorCode.MissingParameter, await engine.MutateFails("mutate { Memo { text: $t } }"));
        Assert.Equal(ErrorCode.ConflictingParameterType, await engine.MutateFails("mutate { Memo { text: $t } }", new() { ["t"] = 5 }));
        Assert.Equal(ErrorCode.NotNullable, await engine.MutateFails("mutate { Memo { text: $t } }", new() { ["t"] = null }));
        Assert.Equal(ErrorCode.NotNullable, await engine.MutateFails("mutate { Memo { id: $t text: \"x\" } }", new() { ["t"] = null }));
        Assert.Equal(ErrorCode.InvalidId, await engine.MutateFails("mutate { Memo { id: $t text: \"x\" } }", new() { ["t"] = "QUJD" }));
        Assert.Equal(ErrorCode.InvalidBase64, await engine.MutateFails("mutate { Memo { id: $t text: \"x\" } }", new() { ["t"] = "not base64!" }));
        Assert.Equal("""{"Memo":[]}""", await engine.QueryText("query { Memo { text } }"));
    }

    [Fact]
    public async Task Several_changes_of_one_row_in_one_document_are_all_kept()
    {
        await using TestEngine engine = await TestEngine.Open();
        string boat = await engine.Insert("""mutate { harbour.Boat { name: "a" } }""");

        await engine.Mutate(
            """
            mutate { x: harbour.Boat { id: $b crew: 7 sisters: [{ id: $b length: 2 }, { id: $b name: "b" crew: 8 }] }
                     y: harbour.Boat { id: $b insured: false } }
            """,
            new() { ["b"] = boat });

        Assert.Equal(
            """{"b":[{"name":"b","length":2.0,"crew":8,"insured":false,"sisters":[{"name":"b"}]}]}""",
            await engine.QueryText("query { b: harbour.Boat { name length crew insured sisters { name } } }"));
    }

    [Theory]
    [InlineData("mutate { x: Boat { id: $b n: 1 } y: Boat { id: $b n: 2 } }", 2)]
    [InlineData("mutate { Boat { id: $b n: 1 to: { id: $b n: 2 } } }", 2)]
    [InlineData("mutate { Boat { id: $b to: { id: $b n: 2 } n: 1 } }", 1)]
    [InlineData("mutate { Boat { id: $b all: [{ id: $b n: 3 }, { id: $b n: 4 }] } }", 4)]
    public async Task Of_two_assignments_to_one_field_the_one_written_last_stands(string text, int expected)
    {
        await using TestEngine engine = await TestEngine.Open("{ Boat { n: Integer default 0, to: Boat nullable, all: [Boat] nullable } }");
        string boat = await engine.Insert("mutate { Boat { } }");

        await engine.Mutate(text, new() { ["b"] = boat });

        Assert.Equal($$"""{"Boat":[{"n":{{expected}}}]}""", await engine.QueryText("query { Boat { n } }"));
    }

    [Fact]
    public async Task Binary_is_written_read_cleared_and_not_echoed()
    {
        await using TestEngine engine = await TestEngine.Open();

        JsonElement answer = await engine.Mutate("""mutate { Memo { text: "a" _binary: "AQID_w" } }""");
        Assert.Equal(["id", "text"], answer.GetProperty("Memo").EnumerateObject().Select(member => member.Name));
        Assert.Equal("""{"Memo":[{"_binary":"AQID_w"}]}""", await engine.QueryText("query { Memo { _binary } }"));

        await engine.Mutate("mutate { Memo { id: $m _binary: null } }", new() { ["m"] = answer.GetProperty("Memo").Id() });
        Assert.Equal("""{"Memo":[{"_binary":null}]}""", await engine.QueryText("query { Memo { _binary } }"));
    }

    [Fact]
    public async Task The_own_peer_may_be_renamed()
    {
        await using TestEngine engine = await TestEngine.Open();
        string me = (await engine.Query("query { sys.Peer { id } }")).GetProperty("sys.Peer")[0].Id();

        await engine.Mutate("""mutate { sys.Peer { id: $me name: "Zoe" } }""", new() { ["me"] = me });

        Assert.Equal("""{"sys.Peer":[{"name":"Zoe"}]}""", await engine.QueryText("query { sys.Peer { name } }"));
    }

    private static async Task<long> Mdate(TestEngine engine, string entity) =>
        (await engine.Query($"query {{ {entity} {{ mdate }} }}")).GetProperty(entity)[0].GetProperty("mdate").GetInt64();
}
