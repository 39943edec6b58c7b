using System.Text;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>Texts handed to an open database: an answer or a <see cref="DiscreetException" />, and the database goes on.</summary>
internal sealed class EngineTarget(string name, IReadOnlyList<byte[]> seeds, Action<Discreet, string, Parameters> run) : FuzzTarget
{
    private const string Model = """
        t { A { x: String, y: Integer default 0, j: Json nullable, b: Base64 nullable, bs: [t.B] nullable, one: t.B nullable } B { z: Integer, up: [t.A] nullable } C { w: String } }
        zoo {
          Beast { name: String, legs: Integer, mass: Float nullable, tame: Boolean default false, clan: String default "none", note: String nullable, keeper: zoo.Keeper nullable, foods: [zoo.Food], mates: [zoo.Beast] nullable }
          Keeper { name: String, shift: Integer, town: String nullable }
          Food { what: String, cal: Integer default 10 }
        }
        """;

    private readonly Discreet _database = Discreet
        .New(Model, "example.com/fuzz", new byte[KeyMaterial.SizeBytes], null, new DiscreetOptions { InMemory = true, Durability = Durability.Normal })
        .GetAwaiter().GetResult();

    public override string Name => name;

    public override IReadOnlyList<byte[]> Seeds => seeds;

    public override double Dose => 0.3;

    /// <summary>A plan, an answer, the caches: more than a parser, but bounded all the same.</summary>
    public override long AllocationSizeBytes => 64 * 1024 * 1024;

    public override void Run(byte[] input)
    {
        var parameters = new Parameters { ["id"] = Uid.Zero.ToString(), ["a"] = 1, ["n"] = null, ["v"] = "text", ["p"] = 2.5 };
        try
        {
            run(_database, Encoding.UTF8.GetString(input), parameters);
        }
        catch (DiscreetException e) when (e.Code is not (ErrorCode.StorageFailed or ErrorCode.DatabaseCorrupt or ErrorCode.Closed))
        {
            // Refused, as a text and not as a failure of what lies below.
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await base.DisposeAsync();
    }
}
