using DiscreetDb.Storage;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Storage;

/// <summary>A database in a folder of its own, or in memory, with one table <c>t(id, text)</c>.</summary>
internal sealed class TestDatabase : IDisposable
{
    public static readonly byte[] Key = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    private readonly TempFolder _folder = new();

    public TestDatabase(bool inMemory = false, bool withTable = true, TimeProvider? clock = null)
    {
        Options = new DatabaseOptions
        {
            Path = inMemory ? null : _folder.File("test.db"),
            Key = Key,
            Application = "example.com/test",
            Scheduler = Scheduler,
            TimeProvider = clock ?? TimeProvider.System,
        };
        Database = Database.Open(Options);
        if (withTable)
        {
            Run(c => c.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, text TEXT)"));
        }
    }

    public LoopScheduler Scheduler { get; } = new();

    public DatabaseOptions Options { get; set; }

    public Database Database { get; private set; }

    public string Path => Options.Path!;

    public string Folder => _folder.Path;

    public void Run(Action<Connection> work) => RunAsync(work).GetAwaiter().GetResult();

    public Task RunAsync(Action<Connection> work) => RunInTransactionAsync(transaction => work(transaction.Connection));

    public Task RunInTransactionAsync(Action<WriteTransaction> work) => Database.Writer.RunAsync(
        transaction =>
        {
            work(transaction);
            return 0;
        },
        CancellationToken.None).AsTask();

    public Task InsertAsync(long id, string text = "some text") => RunAsync(c => Insert(c, id, text));

    public static void Insert(Connection connection, long id, string text)
    {
        using Statement statement = connection.Prepare("INSERT INTO t (id, text) VALUES (?1, ?2)");
        statement.Bind(1, id);
        statement.BindText(2, text);
        statement.Run();
    }

    public long Count() => Read("SELECT count(*) FROM t");

    public long Read(string sql)
    {
        using ReadTransaction read = Database.Readers.Begin(CancellationToken.None);
        return read.Connection.ReadInt64(sql)!.Value;
    }

    public void Close() => Database.Dispose();

    public void Reopen()
    {
        Close();
        Database = Database.Open(Options);
    }

    public void Dispose()
    {
        Close();
        Assert.Null(Scheduler.Failure);
        _folder.Dispose();
    }
}
