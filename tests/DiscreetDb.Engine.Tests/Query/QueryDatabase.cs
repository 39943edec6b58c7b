using System.Collections.Immutable;
using System.Text;
using DiscreetDb.EngineTests.Storage;
using DiscreetDb.Log;
using DiscreetDb.Query;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Plans;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Query;

/// <summary>
/// Projection tables in memory, filled by SQL instead of by commits, and a pipeline that reads them. Ids and dates count up
/// with every row, so answers are the same in every run.
/// </summary>
internal sealed class QueryDatabase : IDisposable
{
    /// <summary>The user who made every row.</summary>
    public static readonly byte[] Author = [.. Enumerable.Range(100, 32).Select(i => (byte)i)];

    private readonly LoopScheduler _scheduler = new();
    private readonly Database _database;
    private readonly RowFixture _rows;

    public QueryDatabase(string model)
    {
        Model = DataModelBuilder.Build(model, version: 1);
        _database = Database.Open(new DatabaseOptions
        {
            Application = "example.com/test",
            Scheduler = _scheduler,
            Functions = QueryFunctions.All,
        });
        _rows = new RowFixture(Model, _database.FullText);
        Run(Create);
        Insert("mutate { sys.Peer { pub_key: $key } }", new Parameters { ["key"] = Author });
        Pipeline = new QueryPipeline(_database.Readers, _database.FullText, new ModelsInForce(Model));
    }

    public DataModel Model { get; }

    public QueryPipeline Pipeline { get; }

    public ReaderPool Readers => _database.Readers;

    /// <summary>Inserts the rows of a <c>mutate</c> text that has only insertions and references; the ids by root key.</summary>
    public Dictionary<string, Uid> Insert(string mutation, Parameters? parameters = null)
    {
        Dictionary<string, Uid> ids = [];
        Run(transaction => ids = _rows.Insert(transaction, mutation, parameters));
        return ids;
    }

    /// <summary>The answer, with the two line ends of its frame.</summary>
    public string Ask(string query, Parameters? parameters = null) =>
        Encoding.UTF8.GetString(Pipeline.Run(query, parameters, CancellationToken.None).Utf8.Span);

    /// <summary>The answer of a text with one root, without frame and key.</summary>
    public string AskOne(string query, Parameters? parameters = null)
    {
        string answer = Ask(query, parameters);
        return answer[(answer.IndexOf(':', StringComparison.Ordinal) + 1)..^2];
    }

    public string Explain(string query, Parameters? parameters = null) => Pipeline.Explain(query, parameters);

    public void Write(Action<Connection> work) => Run(transaction => work(transaction.Connection));

    public void Dispose()
    {
        _database.Dispose();
        Assert.Null(_scheduler.Failure);
    }

    private void Run(Action<WriteTransaction> work) => _database.Writer.RunAsync(
        transaction =>
        {
            work(transaction);
            return 0;
        },
        CancellationToken.None).AsTask().GetAwaiter().GetResult();

    private void Create(WriteTransaction transaction)
    {
        Connection connection = transaction.Connection;
        LogSchema.Create(connection);
        MetaTable.Set(connection, MetaTable.ModelVersion, Model.Version);
        ProjectionSchema schema = new(connection);
        foreach (Entity entity in Model.Entities)
        {
            schema.Create(entity);
        }

        _database.FullText.Configure(transaction, [.. Model.Entities.Where(entity => entity.HasFullText).Select(ToSearchable)]);
        using Statement user = connection.Prepare("INSERT INTO \"$user\" (no, key) VALUES (1, ?1)");
        user.BindBlob(1, Author);
        user.Run();
        connection.Execute(
            "INSERT INTO \"$commit\" (no, id, hlc, heads, void, signature, body) VALUES (1, x'00', 0, 0, 0, x'5349474e4154555245', x'00')");
    }

    private static SearchableTable ToSearchable(Entity entity)
    {
        ImmutableArray<SearchableColumn> columns =
        [
            .. entity.Fields
                .Where(field => field.Type is FieldType.String or FieldType.Json or FieldType.Base64)
                .Select(field => new SearchableColumn(field.ColumnName, Enum.Parse<SearchableKind>(field.Type.ToString()))),
        ];
        return new SearchableTable(entity.TableName, columns);
    }
}
