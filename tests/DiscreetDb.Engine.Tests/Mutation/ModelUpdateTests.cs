using System.Globalization;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>What the engine does with a new model while texts run (dialect §4).</summary>
public sealed class ModelUpdateTests
{
    [Fact]
    public async Task A_text_used_before_an_update_follows_the_new_model()
    {
        await using TestEngine engine = await TestEngine.Open("{ N { k: String } }");
        await engine.Mutate("""mutate { N { k: "a" } }""");
        await engine.QueryText("query { N { k } }");

        await engine.Engine.UpdateModelAsync("{ N { k: String, v: Integer default 7 } }", CancellationToken.None);
        await engine.Mutate("""mutate { N { k: "a" } }""");
        await engine.Engine.UpdateModelAsync("{ N { k: String, v: Integer default 8 } }", CancellationToken.None);

        Assert.Equal("""{"N":[{"v":7},{"v":8}]}""", await engine.QueryText("query { N(order_by(v asc)) { v } }"));
    }

    [Fact]
    public async Task A_refused_update_changes_nothing()
    {
        await using TestEngine engine = await TestEngine.Open("{ N { k: String } }");
        await engine.Mutate("""mutate { N { k: "a" } }""");
        long version = engine.Engine.Model.Version;

        DiscreetException error = await Assert.ThrowsAsync<DiscreetException>(
            () => engine.Engine.UpdateModelAsync("{ N { k: String, required: Integer } }", CancellationToken.None).AsTask());

        Assert.Equal(ErrorCode.MissingDefaultValue, error.Code);
        Assert.Equal(version, engine.Engine.Model.Version);
        await engine.Mutate("""mutate { N { k: "b" } }""");
        Assert.Equal("""{"N":[{"k":"a"},{"k":"b"}]}""", await engine.QueryText("query { N(order_by(k asc)) { k } }"));
        Assert.Equal(ErrorCode.FieldNotFound, await engine.MutateFails("""mutate { N { k: "c" required: 1 } }"""));
    }

    [Fact]
    public async Task The_same_text_again_is_no_new_version()
    {
        await using TestEngine engine = await TestEngine.Open("{ N { k: String } }");
        long version = engine.Engine.Model.Version;

        await engine.Engine.UpdateModelAsync("{ N { k: String } }", CancellationToken.None);

        Assert.Equal(version, engine.Engine.Model.Version);
    }

    [Fact]
    public async Task Texts_go_on_while_the_model_changes()
    {
        const int Updates = 20;
        await using TestEngine engine = await TestEngine.Open(Model(0));
        using CancellationTokenSource stop = new();
        Task<int>[] writers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => Write(engine, stop.Token)))];
        Task<int>[] readers = [.. Enumerable.Range(0, 4).Select(_ => Task.Run(() => Read(engine, stop.Token)))];

        for (int update = 1; update <= Updates; update++)
        {
            await engine.Engine.UpdateModelAsync(Model(update), CancellationToken.None);
        }

        await stop.CancelAsync();
        int written = (await Task.WhenAll(writers)).Sum();
        int read = (await Task.WhenAll(readers)).Sum();
        Assert.True(written > 0 && read > 0, $"{written} written, {read} read");
        Assert.Equal($$"""{"N":[{"c":{{written}}}]}""", await engine.QueryText("query { N { c: count() } }"));
        Assert.Equal($$"""{"N":[{"c":{{written}}}]}""", await engine.QueryText($"query {{ N(f{Updates} = {Updates}) {{ c: count() }} }}"));
    }

    private static string Model(int fields) =>
        $"{{ N {{ k: String{string.Concat(Enumerable.Range(1, fields).Select(i => string.Create(CultureInfo.InvariantCulture, $", f{i}: Integer default {i}")))} }} }}";

    private static async Task<int> Write(TestEngine engine, CancellationToken stop)
    {
        int count = 0;
        do
        {
            await engine.Mutate("""mutate { N { k: "a" } }""");
            count++;
        }
        while (!stop.IsCancellationRequested);

        return count;
    }

    private static async Task<int> Read(TestEngine engine, CancellationToken stop)
    {
        int count = 0;
        do
        {
            await engine.Query("query { N(search(\"abc\")) { k } m: N(first 5) { k _json } }");
            count++;
        }
        while (!stop.IsCancellationRequested);

        return count;
    }
}
