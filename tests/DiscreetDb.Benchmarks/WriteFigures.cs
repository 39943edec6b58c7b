namespace DiscreetDb.Benchmarks;

/// <summary>Inserting: in bulk, one by one, many at a time. Every measurement takes new rows; the databases grow alike.</summary>
internal sealed class WriteFigures : IDisposable
{
    public static readonly int[] CommitSizes = [1, EngineSide.RowsPerMutation];

    public static readonly string[] Names =
    [
        "bulk_insert_1000", "bulk_insert_1000_plain", "bulk_insert_1000_fts", "bulk_insert_1000_fts_total", "stream_one_row", "single_normal",
        "single_full", "inflight_64_full",
    ];

    private const int InFlightCallers = 64;

    /// <summary>How many documents of a stream share a durable commit in the floor.</summary>
    private const int StreamRowsPerTransaction = 256;

    private readonly EngineSide _full = new(Durability.Full);
    private readonly EngineSide _normal = new(Durability.Normal);
    private readonly FloorSide _floorFull;
    private readonly FloorSide _floorNormal;
    private readonly FloorSide _floorText;
    private readonly Workload _engineLoad = new(7);
    private readonly Workload _floorLoad = new(7);
    private readonly int _bulk;
    private readonly int _singles;

    public WriteFigures(FloorSchema schema, BenchOptions options)
    {
        _floorFull = new FloorSide(schema, Durability.Full);
        _floorNormal = new FloorSide(schema, Durability.Normal);
        _floorText = new FloorSide(schema, Durability.Full);
        _floorText.Connection.Execute("CREATE VIRTUAL TABLE trigrams USING fts5(text, tokenize = 'trigram', content = '')");
        _bulk = options.Quick ? 10_000 : 20_000;
        _singles = options.Quick ? 200 : 400;
    }

    public IEnumerable<Figure> All() =>
    [
        new(
            "bulk_insert_1000", "rows/s", "≥ 50 % of the floor", () => Bulk("bench.Indexed"), () => FloorBulk("bench.Indexed"),
            (value, floor) => value >= 0.5 * floor),
        new(
            "bulk_insert_1000_plain", "rows/s", "≥ 50 % of the floor (no user index)", () => Bulk("bench.Plain"), () => FloorBulk("bench.Plain"),
            (value, floor) => value >= 0.5 * floor),
        new(
            "bulk_insert_1000_fts", "rows/s", "≥ 80 % of bulk_insert_1000 (as floor)", () => BulkSearched().Acknowledged, () => Bulk("bench.Indexed"),
            (value, floor) => value >= 0.8 * floor),
        new(
            "bulk_insert_1000_fts_total", "rows/s", "≥ 60 % of raw trigram", () => BulkSearched().Total, FloorTrigrams,
            (value, floor) => value >= 0.6 * floor),
        new(
            "stream_one_row", "rows/s", "≥ 40 % of the floor", Stream, () => FloorRows(_floorFull, _singles * 40, StreamRowsPerTransaction),
            (value, floor) => value >= 0.4 * floor),
        new(
            "single_normal", "ms", "≤ 2 × the floor", () => Single(_normal), () => FloorSingle(_floorNormal),
            (value, floor) => value <= Math.Max(2 * floor!.Value, floor.Value + 0.1)),
        new(
            "single_full", "ms", "≤ 1.4 × the floor, or floor + 0.1 ms", () => Single(_full), () => FloorSingle(_floorFull),
            (value, floor) => value <= Math.Max(1.4 * floor!.Value, floor.Value + 0.1)),
        new(
            "inflight_64_full", "rows/s", "≥ 60 % of the floor at 64 rows a commit", InFlight, () => FloorRows(_floorFull, _singles * 10, InFlightCallers),
            (value, floor) => value >= 0.6 * floor),
    ];

    public void Dispose()
    {
        _full.Dispose();
        _normal.Dispose();
        _floorFull.Dispose();
        _floorNormal.Dispose();
        _floorText.Dispose();
    }

    private double Bulk(string entity) => Timing.Rate(_bulk, () => _full.Bulk(entity, _bulk, _engineLoad));

    private double FloorBulk(string table) => Timing.Rate(
        _bulk, () => _floorFull.Insert(table, _bulk, EngineSide.RowsPerMutation, EngineSide.RowsPerMutation, _ => Row()));

    /// <summary>Until the last row is acknowledged, and until a search has seen it.</summary>
    private (double Acknowledged, double Total) BulkSearched()
    {
        double acknowledged = 0;
        double total = Timing.Rate(_bulk, () =>
        {
            acknowledged = Timing.Rate(_bulk, () => _full.Bulk("bench.Searched", _bulk, _engineLoad));
            _full.App.Query("query { bench.Searched(search(\"zzzzzz\"), first 1) { id } }");
        });
        return (acknowledged, total);
    }

    private double FloorTrigrams() => Timing.Rate(_bulk, () =>
    {
        using Storage.Statement insert = _floorText.Connection.Prepare("INSERT INTO trigrams (text) VALUES (?)");
        for (int i = 0; i < _bulk; i++)
        {
            if (i % EngineSide.RowsPerMutation == 0)
            {
                _floorText.Connection.Run("BEGIN IMMEDIATE");
            }

            insert.BindText(1, _floorLoad.Text());
            insert.Run();
            if ((i + 1) % EngineSide.RowsPerMutation == 0)
            {
                _floorText.Connection.Run("COMMIT");
            }
        }
    });

    private double Stream() => Timing.Rate(_singles * 40, () => _full.Stream("bench.Searched", _singles * 40, _engineLoad));

    private double InFlight() => Timing.Rate(_singles * 10, () => _full.InFlight("bench.Indexed", InFlightCallers, _singles * 10, _engineLoad));

    private double Single(EngineSide side) => Timing.MedianMs(_singles, _ => side.Single("bench.Indexed", _engineLoad));

    private double FloorSingle(FloorSide side) => Timing.MedianMs(_singles, _ => side.Insert("bench.Indexed", 1, 1, 1, _ => Row()));

    private double FloorRows(FloorSide side, int count, int rowsPerTransaction) =>
        Timing.Rate(count, () => side.Insert("bench.Indexed", count, rowsPerTransaction, 1, _ => Row()));

    private (string Text, IReadOnlyList<object> Others) Row() => (_floorLoad.Text(), [_floorLoad.Indexed()]);
}
