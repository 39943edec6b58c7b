using System.Text.Json;

namespace DiscreetDb.Tests;

public sealed class ModelTests : IAsyncLifetime
{
    private Discreet _app = null!;

    public async Task InitializeAsync() => _app = await TestDatabase.InMemoryAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public void The_model_in_force_is_told_as_json()
    {
        using JsonDocument model = JsonDocument.Parse(_app.DataModel());

        JsonElement[] namespaces = [.. model.RootElement.GetProperty("namespaces").EnumerateArray()];
        Assert.Equal(["sys", "harbour"], namespaces.Select(item => item.GetProperty("name").GetString()));
        Assert.Contains(namespaces[1].GetProperty("entities").EnumerateArray(), entity => entity.GetProperty("canonical_name").GetString() == "harbour.Boat");
    }

    [Fact]
    public async Task An_accepted_model_is_in_force_at_once()
    {
        await _app.UpdateDataModelAsync(TestDatabase.Model + " chat { Message { content: String } }");

        await _app.MutateAsync("mutate { chat.Message { content: \"hello\" } }");

        Assert.Contains("chat", _app.DataModel(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_model_changes_nothing()
    {
        await _app.AddBoatAsync("Aria");
        string before = _app.DataModel();

        Failing.With(ErrorCode.MissingNamespace, () => _app.UpdateDataModel("chat { Message { content: String } }"));
        await Failing.WithAsync(ErrorCode.SyntaxError, () => _app.UpdateDataModelAsync("harbour {"));

        Assert.Equal(before, _app.DataModel());
        Assert.Equal(["Aria"], await _app.BoatNamesAsync());
    }

    [Fact]
    public async Task Queries_go_on_while_the_model_is_replaced()
    {
        await _app.AddBoatAsync("Aria");
        Task reading = Task.Run(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                Assert.Equal(["Aria"], await _app.BoatNamesAsync());
            }
        });

        for (int i = 0; i < 10; i++)
        {
            await _app.UpdateDataModelAsync(TestDatabase.Model + string.Concat(Enumerable.Range(0, i + 1).Select(n => $" n{n} {{ E {{ f: String }} }}")));
        }

        await reading;
    }
}
