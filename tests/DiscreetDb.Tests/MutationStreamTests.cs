namespace DiscreetDb.Tests;

public sealed class MutationStreamTests : IAsyncLifetime
{
    private Discreet _app = null!;

    public async Task InitializeAsync() => _app = await TestDatabase.InMemoryAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Ten_thousand_documents_are_answered_in_order_and_bad_ones_fail_alone()
    {
        const int Count = 10_000;
        await using MutationStream stream = _app.MutationStream();

        Task sending = SendAll();
        List<StreamedResult> results = await stream.Results().ToListAsync();
        await sending;

        Assert.Equal(Enumerable.Range(0, Count).Select(i => (long)i), results.Select(result => result.Index));
        Assert.All(results, result => Assert.Equal(result.Index % 1_000 == 7 ? ErrorCode.UnknownRow : null, result.Error?.Code));
        QueryResult total = await _app.QueryAsync("query { t: harbour.Boat { n: count() } }");
        Assert.Contains($"{Count - 10}", total.ToString(), StringComparison.Ordinal);

        async Task SendAll()
        {
            for (int i = 0; i < Count; i++)
            {
                await (i % 1_000 == 7
                    ? stream.SendAsync("mutate { harbour.Boat { id: $id crew: 1 } }", new() { ["id"] = Uid.Zero })
                    : stream.SendAsync("mutate { harbour.Boat { name: $name } }", new() { ["name"] = $"{i}" }));
            }

            stream.Complete();
        }
    }

    [Fact]
    public async Task Documents_are_executed_in_the_order_sent()
    {
        string id = await _app.AddBoatAsync("Aria");
        await using (MutationStream stream = _app.MutationStream())
        {
            for (int i = 1; i <= 500; i++)
            {
                await stream.SendAsync("mutate { harbour.Boat { id: $id crew: $crew } }", new() { ["id"] = id, ["crew"] = i });
            }
        }

        Assert.Equal(500, Assert.Single(await _app.BoatsAsync()).Crew);
    }

    [Fact]
    public async Task A_document_with_a_mistake_in_its_text_is_a_result_too()
    {
        await using MutationStream stream = _app.MutationStream();
        await stream.SendAsync("mutate {");
        await stream.SendAsync("mutate { harbour.Boat { name: \"Aria\" } }");
        stream.Complete();

        List<StreamedResult> results = await stream.Results().ToListAsync();

        Assert.Equal(ErrorCode.SyntaxError, results[0].Error!.Code);
        Assert.Equal(["harbour.Boat"], results[1].Result.Keys);
    }

    [Fact]
    public async Task Documents_sent_to_a_closed_database_are_refused_one_by_one()
    {
        await using MutationStream stream = _app.MutationStream();
        await _app.DisposeAsync();

        await stream.SendAsync("mutate { harbour.Boat { name: \"Aria\" } }");
        stream.Complete();

        Assert.Equal(ErrorCode.Closed, Assert.Single(await stream.Results().ToListAsync()).Error!.Code);
    }
}
