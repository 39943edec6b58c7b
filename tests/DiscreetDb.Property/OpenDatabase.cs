using System.Text.Json;
using DiscreetDb.TestKit;

namespace DiscreetDb.Property;

/// <summary>A database in a folder of its own, and its answers as JSON.</summary>
internal sealed class OpenDatabase : IAsyncDisposable
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly TempFolder _folder = new();
    private readonly string _model;
    private Discreet? _app;

    private OpenDatabase(string model)
    {
        _model = model;
    }

    public Discreet App => _app ?? throw new InvalidOperationException("The database is not open.");

    public static async Task<OpenDatabase> NewAsync(string model)
    {
        var database = new OpenDatabase(model);
        await database.OpenAsync();
        return database;
    }

    public async Task ReopenAsync()
    {
        await App.DisposeAsync();
        await OpenAsync();
    }

    public async Task<JsonElement> QueryAsync(string text, Parameters? parameters = null) =>
        JsonDocument.Parse((await App.QueryAsync(text, parameters)).Utf8).RootElement;

    /// <summary>The id of the only root.</summary>
    public async Task<string> InsertAsync(string text, Parameters? parameters = null)
    {
        MutationResult result = await App.MutateAsync(text, parameters);
        return JsonDocument.Parse(result.Utf8).RootElement.EnumerateObject().Single().Value.GetProperty("id").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task OpenAsync() =>
        _app = await Discreet.New(_model, "example.com/property", Key, _folder.Path, new DiscreetOptions { Durability = Durability.Normal });
}
