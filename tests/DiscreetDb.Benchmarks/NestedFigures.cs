using DiscreetDb.Storage;

namespace DiscreetDb.Benchmarks;

/// <summary>A hundred rows with two lists of ten below each.</summary>
internal sealed class NestedFigures : IDisposable
{
    private const int Persons = 100;
    private const int Children = 10;

    private readonly EngineSide _engine = new(Durability.Normal);
    private readonly FloorSide _floor;
    private readonly int _calls;

    public NestedFigures(FloorSchema schema, int calls)
    {
        _calls = calls;
        _engine.FillPersons();
        _floor = new FloorSide(schema, Durability.Normal, isForReading: true);
        FillFloor();
    }

    public IEnumerable<Figure> All() => [new("nested_100", "ms", "≤ 1 ms", Nested, FloorNested, (value, _) => value <= 1)];

    public void Dispose()
    {
        _engine.Dispose();
        _floor.Dispose();
    }

    private double Nested() => Timing.MedianMs(_calls, _ => _engine.App.Query(
        "query { p: bench.Person(order_by(mdate asc, id asc), first 100, pets != null) { id name parents { name } pets { name } } }"));

    private double FloorNested() => Timing.MedianMs(_calls, _ =>
    {
        _floor.Connection.Run("BEGIN");
        using Statement persons = _floor.Connection.Prepare("SELECT id, name FROM \"bench.Person\" ORDER BY mdate, id LIMIT 100");
        using Statement parents = _floor.Connection.Prepare(
            "SELECT c.name FROM \"bench.Person.parents\" l JOIN \"bench.Person\" c ON c.id = l.dest WHERE l.src = ? ORDER BY l.dest");
        using Statement pets = _floor.Connection.Prepare(
            "SELECT c.name FROM \"bench.Person.pets\" l JOIN \"bench.Pet\" c ON c.id = l.dest WHERE l.src = ? ORDER BY l.dest");
        while (persons.Step())
        {
            ReadAll(parents, persons.GetBlob(0));
            ReadAll(pets, persons.GetBlob(0));
        }

        persons.Reset();
        _floor.Connection.Run("COMMIT");
    });

    private static void ReadAll(Statement statement, ReadOnlySpan<byte> id)
    {
        statement.BindBlob(1, id);
        while (statement.Step())
        {
            _ = statement.GetText(0).Length;
        }

        statement.Reset();
    }

    private void FillFloor()
    {
        _floor.Insert("bench.Person", Persons, Persons, 1, i => ($"person {i}", []));
        byte[][] persons = [.. _floor.Ids];
        _floor.Insert("bench.Pet", Persons * Children, Persons * Children, 1, i => ($"pet {i % Children}", []));
        byte[][] pets = [.. _floor.Ids.Skip(Persons)];
        _floor.Connection.Run("BEGIN IMMEDIATE");
        for (int person = 0; person < Persons; person++)
        {
            for (int i = 0; i < Children; i++)
            {
                Link("bench.Person.parents", persons[person], persons[(person + i) % Persons]);
                Link("bench.Person.pets", persons[person], pets[(person * Children) + i]);
            }
        }

        _floor.Connection.Run("COMMIT");
    }

    private void Link(string table, byte[] source, byte[] target)
    {
        using Statement insert = _floor.Connection.Prepare($"INSERT INTO \"{table}\" (src, dest, \"$commit\") VALUES (?, ?, 0)");
        insert.BindBlob(1, source);
        insert.BindBlob(2, target);
        insert.Run();
    }
}
