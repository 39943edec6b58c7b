using System.Text.Json;

namespace DiscreetDb.Benchmarks;

/// <summary>Reading from a database of a given number of rows.</summary>
internal sealed class ReadFigures : IDisposable
{
    public static readonly string[] Names =
        ["row_by_id", "page_100_room", "page_100", "newest_100", "count", "average", "group_1000", "plan_hit_bytes"];

    private const string Row = "\"bench.Row\"";

    private const string PageInRoom =
        "query { p: bench.Row(room_id = $room, order_by(mdate asc, id asc), after($mdate, $id), first 100) { id mdate text number } }";

    private const string PageAnywhere = "query { p: bench.Row(order_by(mdate asc, id asc), after($mdate, $id), first 100) { id mdate text number } }";

    private readonly EngineSide _engine = new(Durability.Normal);
    private readonly FloorSide _floor;
    private readonly int _count;
    private readonly int _calls;
    private readonly string[] _ids;
    private readonly (long Mdate, string Id)[] _edges;
    private readonly (long Mdate, byte[] Id)[] _floorEdges;

    public ReadFigures(FloorSchema schema, int count, int calls)
    {
        _count = count;
        _calls = calls;
        _engine.FillRows(count, new Workload(11));
        var workload = new Workload(11);
        _floor = new FloorSide(schema, Durability.Normal, isForReading: true);
        _floor.Insert("bench.Row", count, EngineSide.RowsPerMutation, EngineSide.RowsPerMutation, i =>
            (workload.Text(), [EngineSide.NumberOf(i, count), workload.Below(1_000), workload.Below(1_000) / 4.0]));
        _edges = EngineEdges();
        _ids = [.. _edges.Select(e => e.Id)];
        _floorEdges = [.. FloorEdges()];
    }

    public IEnumerable<Figure> Small() =>
    [
        new("row_by_id", "ms", "≤ 0.02 ms, ≤ 2 × the floor", RowById, FloorRowById, (value, floor) => value <= 0.02 && value <= 2 * floor),
        new("page_100_room", "ms", "≤ 0.15 ms", () => Page(PageInRoom), () => FloorPage("room_id = ? AND"), (value, _) => value <= 0.15),
        new("page_100", "ms", "≤ 0.15 ms", () => Page(PageAnywhere), () => FloorPage(""), (value, _) => value <= 0.15),
        new("newest_100", "ms", "≤ 0.2 ms", Newest, FloorNewest, (value, _) => value <= 0.2),
        new("count", "ms", "≤ 2 ms", () => Few("query { bench.Row { n: count() } }"), () => FloorFew($"SELECT count(*) FROM {Row}"), (value, _) => value <= 2),
        new(
            "average", "ms", "≤ 12 ms", () => Few("query { bench.Row { a: avg(weight) } }"), () => FloorFew($"SELECT avg(weight) FROM {Row}"),
            (value, _) => value <= 12),
        new(
            "group_1000", "ms", "≤ 40 ms", () => Few("query { bench.Row { grp n: count() a: avg(weight) } }"),
            () => FloorFew($"SELECT grp, count(*), avg(weight) FROM {Row} GROUP BY grp"), (value, _) => value <= 40),
        new("plan_hit_bytes", "bytes", "< 1 024 bytes", PlanHitBytes, null, (value, _) => value < 1_024),
    ];

    public Figure Indexed(string name) =>
        new(name, "ms", "≤ 0.05 ms, ≤ 2 × a row by id", IndexedEqual, FloorIndexedEqual, (value, _) => value <= 0.05 && value <= 2 * RowById());

    public void Dispose()
    {
        _engine.Dispose();
        _floor.Dispose();
    }

    private double RowById() => Timing.MedianMs(_calls, i => _engine.App.Query(
        "query { r: bench.Row(id = $id) { id mdate text number } }", new Parameters { ["id"] = _ids[i % _ids.Length] }));

    private double FloorRowById() => Timing.MedianMs(
        _calls, i => _floor.Read($"SELECT id, mdate, text, number FROM {Row} WHERE id = ?", _floor.Ids[(int)(i * 7_919L % _count)]));

    private double Page(string text) => Timing.MedianMs(_calls, i => _engine.App.Query(text, PageValues(i)));

    private Parameters PageValues(int i) =>
        new() { ["room"] = _engine.App.PrivateRoom, ["mdate"] = _edges[i % _edges.Length].Mdate, ["id"] = _edges[i % _edges.Length].Id };

    private double FloorPage(string room) => Timing.MedianMs(_calls, i =>
    {
        (long mdate, byte[] id) = _floorEdges[i % _floorEdges.Length];
        string sql = $"SELECT id, mdate, text, number FROM {Row} WHERE {room} (mdate, id) > (?, ?) ORDER BY mdate, id LIMIT 100";
        _ = room.Length > 0 ? _floor.Read(sql, _floor.Room, mdate, id) : _floor.Read(sql, mdate, id);
    });

    private double Newest() =>
        Timing.MedianMs(_calls, _ => _engine.App.Query("query { p: bench.Row(order_by(mdate desc, id desc), first 100) { id mdate text number } }"));

    private double FloorNewest() =>
        Timing.MedianMs(_calls, _ => _floor.Read($"SELECT id, mdate, text, number FROM {Row} ORDER BY mdate DESC, id DESC LIMIT 100"));

    private double Few(string text) => Timing.MedianMs(Math.Min(15, _calls), _ => _engine.App.Query(text));

    private double FloorFew(string sql) => Timing.MedianMs(Math.Min(15, _calls), _ => _floor.Read(sql));

    private double IndexedEqual() => Timing.MedianMs(_calls, i => _engine.App.Query(
        "query { r: bench.Row(number = $n) { id mdate text number } }", new Parameters { ["n"] = (int)(i * 104_729L % _count) }));

    private double FloorIndexedEqual() => Timing.MedianMs(
        _calls, i => _floor.Read($"SELECT id, mdate, text, number FROM {Row} WHERE number = ?", (int)(i * 104_729L % _count)));

    /// <summary>What a query whose plan is cached leaves to the garbage collector, its parameters and its answer's bytes left out.</summary>
    private double PlanHitBytes()
    {
        const int Calls = 200;
        Parameters values = PageValues(1);
        long answers = 0;
        for (int i = 0; i < 20; i++)
        {
            _engine.App.Query(PageInRoom, values);
        }

        long before = GC.GetTotalAllocatedBytes(precise: true);
        for (int i = 0; i < Calls; i++)
        {
            answers += _engine.App.Query(PageInRoom, values).Utf8.Length;
        }

        return (GC.GetTotalAllocatedBytes(precise: true) - before - answers) / (double)Calls;
    }

    private (long Mdate, string Id)[] EngineEdges()
    {
        JsonElement rows = JsonDocument.Parse(_engine.App.Query(
            $"query {{ r: bench.Row(order_by(number asc), first 997) {{ id mdate }} }}").Utf8).RootElement.GetProperty("r");
        return [.. rows.EnumerateArray().Select(r => (r.GetProperty("mdate").GetInt64(), r.GetProperty("id").GetString()!))];
    }

    private List<(long Mdate, byte[] Id)> FloorEdges()
    {
        using Storage.Statement rows = _floor.Connection.Prepare($"SELECT mdate, id FROM {Row} ORDER BY number LIMIT 997");
        List<(long, byte[])> edges = [];
        while (rows.Step())
        {
            edges.Add((rows.GetInt64(0), rows.GetBlob(1).ToArray()));
        }

        return edges;
    }
}
