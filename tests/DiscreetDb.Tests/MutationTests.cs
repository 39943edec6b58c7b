namespace DiscreetDb.Tests;

public sealed class MutationTests : IAsyncLifetime
{
    private Discreet _app = null!;

    public async Task InitializeAsync() => _app = await TestDatabase.InMemoryAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_mutation_answers_its_rows_and_its_commits()
    {
        MutationResult result = await _app.MutateAsync(
            "mutate { a: harbour.Boat { name: \"Aria\" } b: harbour.Boat { room_id: $room name: \"Borea\" } }", new { room = _app.PrivateRoom });

        Assert.Equal(Uid.TextLength, result.TakeObject<Boat>("a").Id.Length);
        Assert.Equal(["b"], result.Keys);
        Assert.Equal([null, _app.PrivateRoom], result.Commits.Select(commit => commit.RoomId).Order());
        Assert.All(result.Commits, commit => Assert.Equal(1, commit.OperationCount));
    }

    [Fact]
    public async Task The_commits_of_a_room_are_numbered_without_a_gap_and_one_that_changes_nothing_is_none()
    {
        string id = await _app.AddBoatAsync("Aria");
        MutationResult first = await _app.MutateAsync("mutate { harbour.Boat { id: $id crew: 2 } }", new { id });
        MutationResult nothing = await _app.MutateAsync("mutate { harbour.Boat { id: $id } }", new { id });
        MutationResult second = await _app.MutateAsync("mutate { harbour.Boat { id: $id crew: 3 } }", new { id });

        Assert.Empty(nothing.Commits);
        Assert.Equal(Assert.Single(first.Commits).Sequence + 1, Assert.Single(second.Commits).Sequence);
    }

    [Fact]
    public async Task A_document_is_written_whole_or_not_at_all()
    {
        await Failing.WithAsync(
            ErrorCode.UnknownRow,
            () => _app.MutateAsync("mutate { a: harbour.Boat { name: \"Aria\" } b: harbour.Boat { id: $id name: \"x\" } }", new { id = Uid.Zero }));

        Assert.Empty(await _app.BoatNamesAsync());
    }

    [Fact]
    public async Task One_failing_among_many_concurrent_ones_fails_alone()
    {
        Task<MutationResult>[] mutations = [.. Enumerable.Range(0, 1_000).Select(i => i == 500
            ? _app.MutateAsync("mutate { harbour.Boat { id: $id name: \"x\" } }", new { id = Uid.Zero })
            : _app.MutateAsync("mutate { harbour.Boat { name: $name } }", new { name = $"{i}" }))];

        await Failing.WithAsync(ErrorCode.UnknownRow, () => mutations[500]);
        await Task.WhenAll(mutations.Where((_, i) => i != 500));

        Assert.Equal(999, (await _app.BoatsAsync()).Count);
    }

    [Fact]
    public async Task Concurrent_updates_of_different_fields_all_survive()
    {
        string id = await _app.AddBoatAsync("Aria");

        await Task.WhenAll(
            _app.MutateAsync("mutate { harbour.Boat { id: $id name: \"Borea\" } }", new { id }),
            _app.MutateAsync("mutate { harbour.Boat { id: $id crew: 7 } }", new { id }));

        Boat boat = Assert.Single(await _app.BoatsAsync());
        Assert.Equal(("Borea", 7), (boat.Name, boat.Crew));
    }

    [Fact]
    public async Task A_conditional_write_happens_while_the_row_is_as_it_was_read()
    {
        await _app.AddBoatAsync("Aria");
        Boat boat = Assert.Single(await _app.BoatsAsync());

        await _app.MutateIfUnchangedAsync("mutate { harbour.Boat { id: $id crew: 3 } }", new() { ["id"] = boat.Id }, [new(boat.Id, boat.Mdate)]);

        Assert.Equal(3, Assert.Single(await _app.BoatsAsync()).Crew);
    }

    [Fact]
    public async Task A_conditional_write_is_refused_when_the_row_was_changed_meanwhile()
    {
        await _app.AddBoatAsync("Aria");
        Boat boat = Assert.Single(await _app.BoatsAsync());
        await _app.MutateAsync("mutate { harbour.Boat { id: $id crew: 2 } }", new { id = boat.Id });

        await Failing.WithAsync(
            ErrorCode.RowChanged,
            () => _app.MutateIfUnchangedAsync("mutate { harbour.Boat { id: $id crew: 3 } }", new() { ["id"] = boat.Id }, [new(boat.Id, boat.Mdate)]));

        Assert.Equal(2, Assert.Single(await _app.BoatsAsync()).Crew);
    }

    [Fact]
    public async Task A_condition_may_be_about_a_row_the_text_does_not_name()
    {
        string id = await _app.AddBoatAsync("Aria");
        await _app.DeleteAsync("delete { harbour.Boat { $id } }", new { id });

        Failing.With(
            ErrorCode.RowChanged,
            () => _app.MutateIfUnchanged("mutate { harbour.Boat { name: \"Borea\" } }", null, [new(id, 1)]));

        Assert.Empty(await _app.BoatNamesAsync());
    }

    [Fact]
    public async Task A_condition_that_cannot_be_is_refused()
    {
        const string Text = "mutate { harbour.Boat { name: \"Borea\" } }";
        string id = await _app.AddBoatAsync("Aria");

        await Failing.WithAsync(ErrorCode.InvalidId, () => _app.MutateIfUnchangedAsync(Text, null, [new("no id", 1)]));
        await Assert.ThrowsAsync<ArgumentException>(() => _app.MutateIfUnchangedAsync(Text, null, [new(id, 1), new(id, 1)]));
    }

    [Fact]
    public async Task A_deletion_removes_rows_or_links()
    {
        MutationResult result = await _app.MutateAsync("mutate { boat: harbour.Boat { name: \"Aria\" owners: [{ nick: \"ann\" }] } }");
        Fleet boat = result.TakeObject<Fleet>("boat");

        await _app.DeleteAsync("delete { harbour.Boat { $boat owners[$ann] } }", new { boat = boat.Id, ann = boat.Owners[0].Id });
        Assert.Equal("{\n\"b\":[{\"owners\":[]}]\n}", (await _app.QueryAsync("query { b: harbour.Boat { owners { nick } } }")).ToString());

        _app.Delete("delete { harbour.Boat { $boat } }", new() { ["boat"] = boat.Id });
        Assert.Empty(await _app.BoatNamesAsync());
    }

    [Fact]
    public Task A_cancelled_mutation_writes_nothing() =>
        Failing.WithAsync(
            ErrorCode.Cancelled,
            () => _app.MutateAsync("mutate { harbour.Boat { name: \"x\" } }", cancellationToken: new CancellationToken(true)));

    [Theory]
    [InlineData("mutate { harbour.Boat { crew: 1 } }", ErrorCode.MissingRequiredField)]
    [InlineData("mutate { harbour.Boat { name: \"x\" mdate: 1 } }", ErrorCode.FieldNotWritable)]
    [InlineData("mutate { harbour.Boat { name: null } }", ErrorCode.NotNullable)]
    [InlineData("mutate { harbour.Boat { name: \"x\" photo: \"+\" } }", ErrorCode.InvalidBase64)]
    [InlineData("mutate { harbour.Boat { name: \"x\" papers: \"{\" } }", ErrorCode.InvalidJson)]
    [InlineData("mutate { harbour.Boat { name: 1 } }", ErrorCode.InvalidFieldType)]
    public Task A_value_that_does_not_fit_is_refused(string text, ErrorCode code) => Failing.WithAsync(code, () => _app.MutateAsync(text));

    [Fact]
    public Task A_row_beyond_its_limit_is_refused() =>
        Failing.WithAsync(
            ErrorCode.RowTooLarge,
            () => _app.MutateAsync("mutate { harbour.Boat { name: $name } }", new { name = new string('x', Limits.RowSizeBytes) }));

    private sealed record Fleet(string Id, IReadOnlyList<Owner> Owners);

    private sealed record Owner(string Id);
}
