using System.Globalization;
using DiscreetDb.Core;
using DiscreetDb.Storage;
using DiscreetDb.TestKit;

namespace DiscreetDb.Benchmarks;

/// <summary>
/// Raw SQLCipher doing the same work: the same tables and indexes (read from a file of the engine), a log row of the same
/// size for every commit, the same durability. No parser, no signature, no JSON.
/// </summary>
internal sealed class FloorSide : IDisposable
{
    private static readonly DatabaseKey Key = new(new byte[DatabaseKey.SizeBytes]);
    private static readonly PageCacheOptions Caches = new();

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, string> _inserts = [];
    private readonly byte[] _room = new byte[Uid.SizeBytes];
    private readonly byte[] _signature = new byte[64];
    private readonly byte[] _hash = new byte[32];
    private long _mdate = 1_700_000_000_000;
    private long _commit = 1L << 40;

    /// <param name="schema">Tables and sizes of the engine.</param>
    /// <param name="durability">As the engine's.</param>
    /// <param name="isForReading">Whether its page cache is that of the engine's reader, or of its writer.</param>
    public FloorSide(FloorSchema schema, Durability durability, bool isForReading = false)
    {
        Connection = Open(_folder.File("floor.db"), durability, isForReading ? Caches.ReaderSizeBytes : Caches.WriterSizeBytes);
        foreach (string statement in schema.Statements)
        {
            Connection.Execute(statement);
        }

        Schema = schema;
    }

    public FloorSchema Schema { get; }

    public Connection Connection { get; }

    public List<byte[]> Ids { get; } = [];

    public long LastMdate => _mdate;

    public byte[] Room => _room;

    /// <summary>Rows of one table, so many a transaction, one log row for each so many rows.</summary>
    public void Insert(string table, int count, int rowsPerTransaction, int rowsPerCommit, Func<int, (string Text, IReadOnlyList<object> Others)> row)
    {
        using Statement insert = Connection.Prepare(InsertOf(table));
        using Statement log = Connection.Prepare("INSERT INTO \"$commit\" (no, id, hlc, heads, void, signature, body) VALUES (?, ?, ?, 0, 0, ?, ?)");
        byte[] body = new byte[Schema.CommitSizeBytes(rowsPerCommit)];
        for (int i = 0; i < count; i++)
        {
            if (i % rowsPerTransaction == 0)
            {
                Connection.Run("BEGIN IMMEDIATE");
            }

            if (i % rowsPerCommit == 0)
            {
                WriteLog(log, body);
            }

            (string text, IReadOnlyList<object> others) = row(i);
            WriteRow(insert, table, text, others);
            if ((i + 1) % rowsPerTransaction == 0 || i + 1 == count)
            {
                Connection.Run("COMMIT");
            }
        }
    }

    /// <summary>One query in a read transaction of its own; every column of every row is looked at.</summary>
    public int Read(string sql, params ReadOnlySpan<object> values)
    {
        Connection.Run("BEGIN");
        using Statement statement = Connection.Prepare(sql);
        int parameter = 0;
        foreach (object value in values)
        {
            Bind(statement, ++parameter, value);
        }

        int rows = 0;
        while (statement.Step())
        {
            rows++;
            Touch(statement);
        }

        Connection.Run("COMMIT");
        return rows;
    }

    public void Dispose()
    {
        Connection.Dispose();
        _folder.Dispose();
    }

    /// <summary>The settings of the engine, in the order SQLCipher needs them.</summary>
    private static Connection Open(string path, Durability durability, int cacheBytes)
    {
        Connection connection = ConnectionFactory.OpenKeyed(path, Key, Sqlite3.OpenReadWrite | Sqlite3.OpenCreate);
        connection.Execute("PRAGMA busy_timeout = 10000");
        connection.Execute("PRAGMA journal_mode = WAL");
        connection.Execute(durability == Durability.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{cacheBytes / 1024}"));
        connection.Execute("PRAGMA temp_store = MEMORY");
        connection.Execute("PRAGMA secure_delete = OFF");
        connection.Execute("PRAGMA wal_autocheckpoint = 4000");
        return connection;
    }

    private static void Touch(Statement statement)
    {
        for (int column = 0; column < statement.ColumnCount; column++)
        {
            switch (statement.GetType(column))
            {
                case SqliteType.Text:
                    _ = statement.GetText(column).Length;
                    break;
                case SqliteType.Blob:
                    _ = statement.GetBlob(column).Length;
                    break;
                case SqliteType.Integer:
                    _ = statement.GetInt64(column);
                    break;
                case SqliteType.Float:
                    _ = statement.GetDouble(column);
                    break;
                default:
                    break;
            }
        }
    }

    private static void Bind(Statement statement, int parameter, object value)
    {
        switch (value)
        {
            case int number:
                statement.Bind(parameter, number);
                break;
            case long number:
                statement.Bind(parameter, number);
                break;
            case double number:
                statement.Bind(parameter, number);
                break;
            case string text:
                statement.BindText(parameter, text);
                break;
            case byte[] bytes:
                statement.BindBlob(parameter, bytes);
                break;
            default:
                throw new ArgumentException($"{value.GetType()} cannot be bound.");
        }
    }

    private void WriteLog(Statement log, byte[] body)
    {
        _commit++;
        _mdate++;
        log.Bind(1, _commit);
        log.BindBlob(2, _hash);
        log.Bind(3, _mdate << 16);
        log.BindBlob(4, _signature);
        log.BindBlob(5, body);
        log.Run();
    }

    private void WriteRow(Statement insert, string table, string text, IReadOnlyList<object> others)
    {
        byte[] id = NewId();
        IReadOnlyList<string> columns = Schema.ColumnsOf(table);
        for (int i = 0; i < columns.Count; i++)
        {
            switch (columns[i])
            {
                case "id":
                    insert.BindBlob(i + 1, id);
                    break;
                case "room_id":
                    insert.BindBlob(i + 1, _room);
                    break;
                case "cdate" or "mdate":
                    insert.Bind(i + 1, _mdate);
                    break;
                case "$insert" or "$newest":
                    insert.Bind(i + 1, _commit);
                    break;
                case "$author" or "$creator":
                    insert.Bind(i + 1, 1L);
                    break;
                case "text" or "name":
                    insert.BindText(i + 1, text);
                    break;
                case "number" when others.Count > 0:
                    Bind(insert, i + 1, others[0]);
                    break;
                case "grp" when others.Count > 1:
                    Bind(insert, i + 1, others[1]);
                    break;
                case "weight" when others.Count > 2:
                    Bind(insert, i + 1, others[2]);
                    break;
                default:
                    insert.BindNull(i + 1);
                    break;
            }
        }

        insert.Run();
    }

    /// <summary>An id as the log derives them: six bytes of time, then the start of a hash.</summary>
    private byte[] NewId()
    {
        byte[] id = new byte[Uid.SizeBytes];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id, _mdate << 16);
        Hash256 hash = Blake3.Hash(BitConverter.GetBytes((_commit << 20) + Ids.Count));
        Span<byte> bytes = stackalloc byte[Hash256.SizeBytes];
        hash.CopyTo(bytes);
        bytes[..10].CopyTo(id.AsSpan(6));
        Ids.Add(id);
        return id;
    }

    private string InsertOf(string table)
    {
        if (!_inserts.TryGetValue(table, out string? sql))
        {
            IReadOnlyList<string> columns = Schema.ColumnsOf(table);
            string names = string.Join(", ", columns.Select(c => $"\"{c}\""));
            string marks = string.Join(", ", columns.Select((_, i) => (i + 1).ToString(CultureInfo.InvariantCulture).Insert(0, "?")));
            _inserts[table] = sql = $"INSERT INTO \"{table}\" ({names}) VALUES ({marks})";
        }

        return sql;
    }
}
