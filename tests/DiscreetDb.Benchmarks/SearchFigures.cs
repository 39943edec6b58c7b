using DiscreetDb.Storage;

namespace DiscreetDb.Benchmarks;

/// <summary>Full text over many rows: ten hits, and the first hundred of a thousand.</summary>
internal sealed class SearchFigures : IDisposable
{
    private readonly EngineSide _engine = new(Durability.Normal);
    private readonly FloorSide _floor;
    private readonly int _calls;

    public SearchFigures(FloorSchema schema, int count, int calls)
    {
        _calls = calls;
        _engine.FillNotes(count, new Workload(13));
        _floor = new FloorSide(schema, Durability.Normal, isForReading: true);
        _floor.Connection.Execute("CREATE TABLE note (no INTEGER PRIMARY KEY, id BLOB NOT NULL, text TEXT NOT NULL, number INTEGER NOT NULL)");
        _floor.Connection.Execute("CREATE VIRTUAL TABLE trigrams USING fts5(text, tokenize = 'trigram', content = '')");
        FillFloor(count);
    }

    public IEnumerable<Figure> All() =>
    [
        new("fts_10_hits", "ms", "≤ 0.2 ms", () => Search(Workload.RareWord), () => FloorSearch(Workload.RareWord), (value, _) => value <= 0.2),
        new("fts_common_100", "ms", "≤ 2 ms", () => Search(Workload.CommonWord), () => FloorSearch(Workload.CommonWord), (value, _) => value <= 2),
    ];

    public void Dispose()
    {
        _engine.Dispose();
        _floor.Dispose();
    }

    private double Search(string word) => Timing.MedianMs(_calls, _ => _engine.App.Query(
        "query { n: bench.Note(search($w), first 100) { id text number } }", new Parameters { ["w"] = word }));

    private double FloorSearch(string word) => Timing.MedianMs(_calls, _ => _floor.Read(
        "SELECT n.id, n.text, n.number FROM trigrams f JOIN note n ON n.no = f.rowid WHERE f.text MATCH ? ORDER BY f.rank LIMIT 100", $"\"{word}\""));

    private void FillFloor(int count)
    {
        var workload = new Workload(13);
        using Statement note = _floor.Connection.Prepare("INSERT INTO note (no, id, text, number) VALUES (?, ?, ?, ?)");
        using Statement text = _floor.Connection.Prepare("INSERT INTO trigrams (rowid, text) VALUES (?, ?)");
        byte[] id = new byte[Uid.SizeBytes];
        _floor.Connection.Run("BEGIN IMMEDIATE");
        for (int i = 0; i < count; i++)
        {
            string content = workload.SearchableText(i, count);
            note.Bind(1, i + 1);
            note.BindBlob(2, id);
            note.BindText(3, content);
            note.Bind(4, i);
            note.Run();
            text.Bind(1, i + 1);
            text.BindText(2, content);
            text.Run();
        }

        _floor.Connection.Run("COMMIT");
    }
}
