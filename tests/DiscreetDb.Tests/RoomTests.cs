using System.Text.Json;
using DiscreetDb.TestKit;

namespace DiscreetDb.Tests;

/// <summary>Shared rooms as a program sees them.</summary>
public sealed class RoomTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Discreet _app = null!;
    private string _room = "";
    private string _crew = "";

    public async Task InitializeAsync()
    {
        _app = await TestDatabase.InMemoryAsync();
        JsonElement room = await Mutate(
            "mutate { sys.Room { authorisations: [{ name: \"crew\" rights: [{ entity: \"harbour.Boat\" mutate_self: true mutate_all: false }] }] } }");
        _room = room.GetProperty("id").GetString()!;
        _crew = room.GetProperty("authorisations")[0].GetProperty("id").GetString()!;
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_change_of_a_room_is_an_event_of_its_own()
    {
        await using IAsyncEnumerator<DiscreetEvent> events = _app.Events().GetAsyncEnumerator();

        await _app.MutateAsync("mutate { sys.Room { id: $room authorisations: [{ id: $crew name: \"sailors\" }] } }", new { room = _room, crew = _crew });

        DiscreetEvent.DataChanged changed = Assert.IsType<DiscreetEvent.DataChanged>(await Next(events));
        Assert.True(changed.Concerns("sys.Authorisation", null));
        Assert.Equal(_room, Assert.IsType<DiscreetEvent.RoomModified>(await Next(events)).RoomId);
    }

    [Fact]
    public async Task A_row_in_a_room_is_no_change_of_the_room()
    {
        await using IAsyncEnumerator<DiscreetEvent> events = _app.Events().GetAsyncEnumerator();

        await AddBoat();
        await _app.MutateAsync("mutate { sys.Room { } }");

        Assert.IsType<DiscreetEvent.DataChanged>(await Next(events));
        Assert.NotEqual(_room, Assert.IsType<DiscreetEvent.RoomModified>(await Next(events)).RoomId);
    }

    [Fact]
    public async Task A_definition_is_queried_like_any_row_and_from_any_row()
    {
        await AddBoat();

        JsonElement boat = await Query("query { x: harbour.Boat { name sys_room { id admin { verif_key enabled } authorisations { name rights { entity mutate_all } } } } }");

        JsonElement room = boat.GetProperty("sys_room");
        Assert.Equal(_room, room.GetProperty("id").GetString());
        Assert.Equal(_app.VerifyingKey, room.GetProperty("admin")[0].GetProperty("verif_key").GetString());
        Assert.Equal("harbour.Boat", room.GetProperty("authorisations")[0].GetProperty("rights")[0].GetProperty("entity").GetString());
        JsonElement signed = await Query("query { x: sys.Room { room_id verifying_key _signature mdate cdate } }");
        Assert.Equal(JsonValueKind.Null, signed.GetProperty("room_id").ValueKind);
        Assert.Equal(_app.VerifyingKey, signed.GetProperty("verifying_key").GetString());
        Assert.Equal(86, signed.GetProperty("_signature").GetString()!.Length);
    }

    [Fact]
    public async Task A_live_query_sees_a_room_change()
    {
        await using IAsyncEnumerator<QueryResult> answers = _app.LiveQuery("query { x: sys.Authorisation { name } }").GetAsyncEnumerator();
        await answers.MoveNextAsync().AsTask().WaitAsync(Patience);
        Assert.Contains("crew", answers.Current.ToString(), StringComparison.Ordinal);

        await _app.MutateAsync("mutate { sys.Room { id: $room authorisations: [{ id: $crew name: \"sailors\" }] } }", new { room = _room, crew = _crew });

        await answers.MoveNextAsync().AsTask().WaitAsync(Patience);
        Assert.Contains("sailors", answers.Current.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_what_is_missing()
    {
        DiscreetException failure = await Failing.WithAsync(
            ErrorCode.AuthorisationRejected, () => _app.MutateAsync("mutate { harbour.Owner { room_id: $room } }", new { room = _room }));

        Assert.Contains("harbour.Owner", failure.Message, StringComparison.Ordinal);
        Assert.Contains(_room, failure.Message, StringComparison.Ordinal);
        Assert.Contains("mutate_self", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_write_would_be_refused_is_known_before()
    {
        string boat = await AddBoat();
        string local = await _app.AddBoatAsync("dinghy");

        Assert.True(await _app.CanAsync(RowAction.Insert, "harbour.Boat", room: _room));
        Assert.True(await _app.CanAsync(RowAction.Insert, "Harbour.Boat", room: _room));
        Assert.False(await _app.CanAsync(RowAction.Insert, "harbour.Owner", room: _room));
        Assert.True(await _app.CanAsync(RowAction.Insert, "harbour.Owner"));
        Assert.True(await _app.CanAsync(RowAction.Insert, "harbour.Owner", room: _app.PrivateRoom));
        Assert.False(await _app.CanAsync(RowAction.Insert, "harbour.Boat", room: boat));
        Assert.True(await _app.CanAsync(RowAction.Update, "harbour.Boat", row: boat));
        Assert.True(await _app.CanAsync(RowAction.Delete, "harbour.Boat", row: local));
        Assert.False(await _app.CanAsync(RowAction.Delete, "harbour.Boat", row: _room));

        await _app.MutateAsync(
            "mutate { sys.Room { id: $room authorisations: [{ id: $crew rights: [{ entity: \"*\" mutate_self: true mutate_all: false }, { entity: \"harbour.Boat\" mutate_self: false mutate_all: false }] }] } }",
            new { room = _room, crew = _crew });

        Assert.False(_app.Can(RowAction.Update, "harbour.Boat", row: boat));
        Assert.False(_app.Can(RowAction.Insert, "harbour.Boat", room: _room));
        Assert.True(_app.Can(RowAction.Insert, "harbour.Owner", room: _room));
    }

    [Fact]
    public async Task Definitions_and_the_engines_own_rows_are_asked_about_too()
    {
        Assert.True(await _app.CanAsync(RowAction.Insert, "sys.Room"));
        Assert.True(await _app.CanAsync(RowAction.Update, "sys.Room", row: _room));
        Assert.False(await _app.CanAsync(RowAction.Delete, "sys.Room", row: _room));
        Assert.False(await _app.CanAsync(RowAction.Update, "sys.Room", row: _app.PrivateRoom));
        Assert.True(await _app.CanAsync(RowAction.Update, "sys.Authorisation", row: _crew));
        Assert.False(await _app.CanAsync(RowAction.Insert, "sys.UserAuth"));
        Assert.False(await _app.CanAsync(RowAction.Insert, "sys.Peer"));
        Assert.False(await _app.CanAsync(RowAction.Insert, "sys.Device", room: _room));
    }

    [Fact]
    public async Task A_question_that_makes_no_sense_is_an_error()
    {
        await Failing.WithAsync(ErrorCode.EntityNotFound, () => _app.CanAsync(RowAction.Insert, "harbour.Submarine"));
        await Failing.WithAsync(ErrorCode.InvalidId, () => _app.CanAsync(RowAction.Insert, "harbour.Boat", room: "x"));
        await Assert.ThrowsAsync<ArgumentException>(() => _app.CanAsync(RowAction.Insert, "harbour.Boat", row: _room));
        await Assert.ThrowsAsync<ArgumentException>(() => _app.CanAsync(RowAction.Update, "harbour.Boat", room: _room, row: _room));
    }

    [Fact]
    public async Task Rooms_are_there_after_a_restart_and_a_verification_finds_nothing()
    {
        using TempFolder folder = new();
        string room;
        await using (Discreet first = await TestDatabase.OnDiskAsync(folder))
        {
            MutationResult result = await first.MutateAsync("mutate { sys.Room { authorisations: [{ name: \"a\" rights: [{ entity: \"*\" mutate_self: true mutate_all: true }] }] } }");
            room = Assert.Single(result.Commits).RoomId!;
            await first.MutateAsync("mutate { harbour.Boat { room_id: $room name: \"Aria\" } }", new { room });
            Assert.True((await first.VerifyAsync()).IsSound);
            await first.RebuildAsync();
            Assert.True((await first.VerifyAsync()).IsSound);
        }

        await using Discreet second = await TestDatabase.OnDiskAsync(folder);
        Assert.True(await second.CanAsync(RowAction.Insert, "harbour.Boat", room: room));
        await second.MutateAsync("mutate { harbour.Boat { room_id: $room name: \"Bora\" } }", new { room });
        Assert.Equal(["Aria", "Bora"], await second.BoatNamesAsync());
        Assert.True((await second.VerifyAsync()).IsSound);
    }

    private async Task<string> AddBoat() => (await Mutate($"mutate {{ harbour.Boat {{ room_id: \"{_room}\" name: \"Aria\" }} }}")).GetProperty("id").GetString()!;

    private async Task<JsonElement> Mutate(string text) =>
        JsonElement.Parse((await _app.MutateAsync(text)).Utf8.Span).EnumerateObject().Single().Value;

    private async Task<JsonElement> Query(string text) => JsonElement.Parse((await _app.QueryAsync(text)).Utf8.Span).GetProperty("x")[0];

    private static async Task<DiscreetEvent> Next(IAsyncEnumerator<DiscreetEvent> events)
    {
        Assert.True(await events.MoveNextAsync().AsTask().WaitAsync(Patience));
        return events.Current;
    }
}
