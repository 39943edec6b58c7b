using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DiscreetDb.Core;
using DiscreetDb.Mutation;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>An engine in memory with a clock that moves only on request, and answers as JSON.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private TestEngine(Engine engine, FakeClock clock)
    {
        Engine = engine;
        Clock = clock;
    }

    public Engine Engine { get; }

    public FakeClock Clock { get; }

    public string PrivateRoom => Engine.PrivateRoom.ToString();

    public static async Task<TestEngine> Open(string model = HarbourModel.Text)
    {
        FakeClock clock = new();
        EngineOptions options = new()
        {
            Model = model,
            AppKey = "example.com/test",
            KeyMaterial = SHA256.HashData("a user of tests"u8),
            Folder = "",
            Scheduler = new ThreadScheduler((name, exception) => throw new InvalidOperationException(name, exception)),
            Random = new SystemRandom(),
            Options = new DiscreetOptions { InMemory = true, TimeProvider = clock },
        };
        return new TestEngine(await Engine.OpenAsync(options), clock);
    }

    public async Task<string> MutateText(string text, Parameters? parameters = null) =>
        Encoding.UTF8.GetString((await Engine.MutateAsync(text, parameters, null, CancellationToken.None)).Utf8.Span);

    public async Task<JsonElement> Mutate(string text, Parameters? parameters = null, MutationOptions? options = null)
    {
        MutationOutcome outcome = await Engine.MutateAsync(text, parameters, options, CancellationToken.None);
        return JsonElement.Parse(outcome.Utf8.Span);
    }

    /// <summary>Runs a mutation and answers the id under a key, which by default is the only one.</summary>
    public async Task<string> Insert(string text, Parameters? parameters = null)
    {
        JsonElement answer = await Mutate(text, parameters);
        return answer.EnumerateObject().Single().Value.Id();
    }

    public Task Delete(string text, Parameters parameters) => Engine.DeleteAsync(text, parameters, CancellationToken.None).AsTask();

    /// <summary>The answer of a query without its line breaks.</summary>
    public async Task<string> QueryText(string text, Parameters? parameters = null) =>
        Encoding.UTF8.GetString((await Engine.QueryAsync(text, parameters, CancellationToken.None)).Utf8.Span).ReplaceLineEndings("");

    public async Task<JsonElement> Query(string text, Parameters? parameters = null) =>
        JsonElement.Parse((await Engine.QueryAsync(text, parameters, CancellationToken.None)).Utf8.Span);

    public async Task<ErrorCode> MutateFails(string text, Parameters? parameters = null, MutationOptions? options = null) =>
        (await Assert.ThrowsAsync<DiscreetException>(() => Mutate(text, parameters, options))).Code;

    /// <summary>Moves the clock, so that what follows has a later date.</summary>
    public void Later() => Clock.Advance(TimeSpan.FromSeconds(1));

    public ValueTask DisposeAsync() => Engine.DisposeAsync();
}

internal static class JsonElementExtensions
{
    public static string Id(this JsonElement row) => row.GetProperty("id").GetString() ?? "";
}
