using DiscreetDb.TestKit;

namespace DiscreetDb.Tests;

/// <summary>A database a test opens: in memory, or in a folder that goes with the test.</summary>
internal static class TestDatabase
{
    public const string AppKey = "example.com/tests";

    public const string Model = """
        harbour {
          Boat {
            name: String, length: Float default 0, crew: Integer default 1, photo: Base64 nullable, papers: Json nullable,
            home: harbour.Berth nullable, owners: [harbour.Owner] nullable, index(name)
          }
          Berth { code: String }
          Owner { nick: String nullable }
        }
        """;

    public static byte[] Key { get; } = KeyMaterial.Generate();

    public static Task<Discreet> InMemoryAsync(string model = Model, DiscreetOptions? options = null) =>
        Discreet.New(model, AppKey, Key, options: (options ?? new DiscreetOptions()) with { InMemory = true });

    public static Task<Discreet> OnDiskAsync(TempFolder folder, string model = Model, DiscreetOptions? options = null, byte[]? key = null) =>
        Discreet.New(model, AppKey, key ?? Key, folder.Path, options ?? new DiscreetOptions { Durability = Durability.Normal });

    /// <summary>Inserts a boat; answers its id.</summary>
    public static async Task<string> AddBoatAsync(this Discreet app, string name)
    {
        MutationResult result = await app.MutateAsync("mutate { boat: harbour.Boat { name: $name } }", new { name });
        return result.TakeObject<Boat>("boat").Id;
    }

    public static async Task<IReadOnlyList<Boat>> BoatsAsync(this Discreet app) =>
        (await app.QueryAsync("query { boats: harbour.Boat(order_by(name asc)) { id mdate name crew } }")).Take<Boat>("boats");

    public static async Task<string[]> BoatNamesAsync(this Discreet app) => [.. (await app.BoatsAsync()).Select(boat => boat.Name)];

    /// <summary>The one database file of the folder; its name is 32 hexadecimal digits.</summary>
    public static string FileIn(TempFolder folder) => FilesIn(folder).Single();

    public static IEnumerable<string> FilesIn(TempFolder folder) => Directory.EnumerateFiles(folder.Path).Where(path => Path.GetFileName(path).Length == 32);
}
