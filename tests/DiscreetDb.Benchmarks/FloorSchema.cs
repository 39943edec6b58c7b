using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Benchmarks;

/// <summary>Tables, indexes and commit sizes as the engine made them, read from one of its files.</summary>
internal sealed class FloorSchema
{
    private readonly Dictionary<string, List<string>> _columns = [];
    private readonly Dictionary<int, int> _commitSizes = [];

    private FloorSchema(Connection connection)
    {
        List<string> statements = [];
        using (Statement schema = connection.Prepare(
            "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND (tbl_name LIKE 'bench.%' OR tbl_name = '$commit') ORDER BY type = 'index', rowid"))
        {
            while (schema.Step())
            {
                string name = System.Text.Encoding.UTF8.GetString(schema.GetText(1));
                if (!IsShadow(name))
                {
                    statements.Add(System.Text.Encoding.UTF8.GetString(schema.GetText(2)));
                }
            }
        }

        Statements = statements;
        ReadColumns(connection);
    }

    public IReadOnlyList<string> Statements { get; }

    public IReadOnlyList<string> ColumnsOf(string table) => _columns[table];

    /// <summary>Size of the body of a commit of so many rows, as measured.</summary>
    public int CommitSizeBytes(int rows) => _commitSizes[rows];

    /// <summary>Writes commits of the sizes asked for and reads back how long they are.</summary>
    public static FloorSchema Read(IReadOnlyList<int> rowsPerCommit)
    {
        var engine = new EngineSide(Durability.Normal);
        var workload = new Workload(1);
        try
        {
            foreach (int rows in rowsPerCommit)
            {
                string roots = string.Join(' ', Enumerable.Range(0, rows).Select(
                    i => $"r{i}: bench.Plain {{ room_id: $room text: \"{workload.Text()}\" number: {workload.Indexed()} }}"));
                engine.App.Mutate($"mutate {{ {roots} }}", new Parameters { ["room"] = engine.App.PrivateRoom });
            }

            engine.Close();
            using UserKeys user = UserKeys.Derive(BenchModel.AppKey, BenchModel.KeyMaterial);
            using var key = new DatabaseKey(user.DatabaseKey.Span);
            string file = Directory.EnumerateFiles(engine.Folder).First(f => new FileInfo(f).Length > 0 && !f.EndsWith(".lock", StringComparison.Ordinal));
            using Connection connection = ConnectionFactory.OpenKeyed(file, key, Sqlite3.OpenReadWrite);
            var schema = new FloorSchema(connection);
            schema.ReadCommitSizes(connection, rowsPerCommit);
            return schema;
        }
        finally
        {
            engine.Dispose();
        }
    }

    /// <summary>FTS5 makes its own tables.</summary>
    private static bool IsShadow(string name) =>
        new[] { "_data", "_idx", "_content", "_docsize", "_config" }.Any(s => name.EndsWith("$text" + s, StringComparison.Ordinal));

    private void ReadColumns(Connection connection)
    {
        using Statement columns = connection.Prepare(
            "SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c WHERE s.type = 'table' AND s.name LIKE 'bench.%' ORDER BY s.name, c.cid");
        while (columns.Step())
        {
            string table = System.Text.Encoding.UTF8.GetString(columns.GetText(0));
            if (!_columns.TryGetValue(table, out List<string>? names))
            {
                _columns[table] = names = [];
            }

            names.Add(System.Text.Encoding.UTF8.GetString(columns.GetText(1)));
        }
    }

    private void ReadCommitSizes(Connection connection, IReadOnlyList<int> rowsPerCommit)
    {
        using Statement sizes = connection.Prepare("SELECT length(body) FROM \"$commit\" ORDER BY hlc DESC LIMIT ?");
        sizes.Bind(1, (long)rowsPerCommit.Count);
        for (int i = rowsPerCommit.Count - 1; i >= 0 && sizes.Step(); i--)
        {
            _commitSizes[rowsPerCommit[i]] = (int)sizes.GetInt64(0);
        }
    }
}
