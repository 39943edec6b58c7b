namespace DiscreetDb.Tests;

public sealed class EventTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private Discreet _app = null!;

    public async Task InitializeAsync() => _app = await TestDatabase.InMemoryAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_change_is_told_with_its_room_and_entity()
    {
        await using IAsyncEnumerator<DiscreetEvent> events = _app.Events().GetAsyncEnumerator();

        await _app.MutateAsync("mutate { harbour.Boat { room_id: $room name: \"Aria\" } }", new { room = _app.PrivateRoom });

        DiscreetEvent.DataChanged changed = await NextChange(events);
        ChangedRoom room = Assert.Single(changed.Rooms);
        Assert.Equal(_app.PrivateRoom, room.RoomId);
        Assert.Equal(["harbour.Boat"], room.Entities);
    }

    [Fact]
    public async Task Local_rows_are_told_without_a_room_and_deletions_too()
    {
        string id = await _app.AddBoatAsync("Aria");
        await using IAsyncEnumerator<DiscreetEvent> events = _app.Events().GetAsyncEnumerator();

        await _app.DeleteAsync("delete { harbour.Boat { $id } }", new { id });

        Assert.True((await NextChange(events)).Concerns("harbour.Boat", null));
    }

    [Fact]
    public async Task When_a_change_is_told_a_query_sees_it()
    {
        await using IAsyncEnumerator<DiscreetEvent> events = _app.Events().GetAsyncEnumerator();

        for (int i = 1; i <= 50; i++)
        {
            Task writing = _app.AddBoatAsync($"{i}");
            await NextChange(events);
            Assert.Equal(i, (await _app.BoatsAsync()).Count);
            await writing;
        }
    }

    [Fact]
    public async Task A_refused_document_is_no_event()
    {
        await using IAsyncEnumerator<DiscreetEvent> events = _app.Events().GetAsyncEnumerator();
        await Failing.WithAsync(ErrorCode.UnknownRow, () => _app.MutateAsync("mutate { harbour.Boat { id: $id crew: 1 } }", new { id = Uid.Zero }));

        await _app.MutateAsync("mutate { harbour.Owner { nick: \"ann\" } }");

        Assert.False((await NextChange(events)).Concerns("harbour.Boat"));
    }

    [Fact]
    public async Task A_model_update_is_told()
    {
        await using IAsyncEnumerator<DiscreetEvent> events = _app.Events().GetAsyncEnumerator();

        await _app.UpdateDataModelAsync(TestDatabase.Model + " chat { Message { content: String } }");

        while (await Next(events) is not DiscreetEvent.DataModelChanged)
        {
        }
    }

    [Fact]
    public async Task Events_end_when_the_database_is_closed()
    {
        await using IAsyncEnumerator<DiscreetEvent> events = _app.Events().GetAsyncEnumerator();
        ValueTask<bool> next = events.MoveNextAsync();

        await _app.DisposeAsync();

        Assert.False(await next.AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task Events_can_be_cancelled()
    {
        using CancellationTokenSource stop = new();
        await using IAsyncEnumerator<DiscreetEvent> events = _app.Events(stop.Token).GetAsyncEnumerator();
        Task<bool> next = events.MoveNextAsync().AsTask();

        await stop.CancelAsync();

        await Failing.WithAsync(ErrorCode.Cancelled, () => next.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_live_query_answers_now_and_whenever_its_rows_change()
    {
        await using IAsyncEnumerator<IReadOnlyList<Boat>> boats = Live();
        Assert.Empty(await Next(boats));

        await _app.AddBoatAsync("Aria");
        Assert.Equal(["Aria"], (await Next(boats)).Select(boat => boat.Name));

        await _app.AddBoatAsync("Borea");
        Assert.Equal(["Aria", "Borea"], (await Next(boats)).Select(boat => boat.Name));
    }

    [Fact]
    public async Task A_live_query_is_silent_while_its_answer_stays_the_same()
    {
        await using IAsyncEnumerator<IReadOnlyList<Boat>> boats = Live();
        await Next(boats);
        Task<bool> next = boats.MoveNextAsync().AsTask();

        await _app.MutateAsync("mutate { harbour.Owner { nick: \"ann\" } }");
        string id = await _app.AddBoatAsync("Aria");

        Assert.True(await next.WaitAsync(Patience));
        Assert.Equal(id, Assert.Single(boats.Current).Id);
    }

    [Fact]
    public async Task A_live_query_sees_through_relations()
    {
        MutationResult result = await _app.MutateAsync("mutate { o: harbour.Owner { nick: \"ann\" } harbour.Boat { name: \"Aria\" } }");
        string owner = result.TakeObject<Row>("o").Id;
        string boat = result.TakeObject<Row>("harbour.Boat").Id;
        await using IAsyncEnumerator<QueryResult> answers = _app.LiveQuery("query { b: harbour.Boat { owners { nick } } }").GetAsyncEnumerator();
        Assert.Contains("[]", (await Next(answers)).ToString(), StringComparison.Ordinal);

        await _app.MutateAsync("mutate { harbour.Boat { id: $boat owners: [{ id: $owner }] } }", new { boat, owner });
        Assert.Contains("\"ann\"", (await Next(answers)).ToString(), StringComparison.Ordinal);

        await _app.MutateAsync("mutate { harbour.Owner { id: $owner nick: \"bo\" } }", new { owner });
        Assert.Contains("\"bo\"", (await Next(answers)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_query_follows_the_model()
    {
        await _app.AddBoatAsync("Aria");
        await using IAsyncEnumerator<QueryResult> answers = _app.LiveQuery("query { b: harbour.Boat { _json } }").GetAsyncEnumerator();
        Assert.DoesNotContain("flag", (await Next(answers)).ToString(), StringComparison.Ordinal);

        await _app.UpdateDataModelAsync(TestDatabase.Model.Replace("index(name)", "flag: String default \"fr\", index(name)", StringComparison.Ordinal));

        Assert.Contains("flag", (await Next(answers)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_live_query_ends_with_the_database()
    {
        await using IAsyncEnumerator<IReadOnlyList<Boat>> boats = Live();
        await Next(boats);
        Task<bool> next = boats.MoveNextAsync().AsTask();

        await _app.DisposeAsync();

        Assert.False(await next.WaitAsync(Patience));
    }

    [Fact]
    public async Task A_typed_live_query_has_one_root()
    {
        await using IAsyncEnumerator<IReadOnlyList<Boat>> boats =
            _app.LiveQuery<Boat>("query { a: harbour.Boat { id } b: harbour.Boat { id } }").GetAsyncEnumerator();

        await Failing.WithAsync(ErrorCode.ResultKeyNotFound, () => Next(boats));
    }

    [Fact]
    public async Task A_live_query_with_a_mistake_tells_it()
    {
        await using IAsyncEnumerator<IReadOnlyList<Boat>> boats = _app.LiveQuery<Boat>("query { harbour.Ship { id } }").GetAsyncEnumerator();

        await Failing.WithAsync(ErrorCode.EntityNotFound, () => Next(boats));
    }

    private IAsyncEnumerator<IReadOnlyList<Boat>> Live() =>
        _app.LiveQuery<Boat>("query { boats: harbour.Boat(order_by(name asc)) { id mdate name crew } }").GetAsyncEnumerator();

    private static async Task<T> Next<T>(IAsyncEnumerator<T> items)
    {
        Assert.True(await items.MoveNextAsync().AsTask().WaitAsync(Patience));
        return items.Current;
    }

    private static async Task<DiscreetEvent.DataChanged> NextChange(IAsyncEnumerator<DiscreetEvent> events) =>
        Assert.IsType<DiscreetEvent.DataChanged>(await Next(events));

    private sealed record Row(string Id);
}
