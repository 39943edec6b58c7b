using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Log;

/// <summary>One device: a database in memory with a log, written to without queue or thread.</summary>
internal sealed class LogPeer : IDisposable
{
    public const string Model =
        """
        harbour {
          Boat { name: String, length: Float default 0, crew: Integer default 1, note: String nullable, home: harbour.Berth, owners: [harbour.Owner], index(name) }
          Berth { code: String, dues: Integer default 0 }
          Owner { nick: String nullable }
          Log(no_full_text_index) { text: String }
        }
        """;

    private const int OpenFlags = Sqlite3.OpenReadWrite | Sqlite3.OpenCreate;

    private readonly Connection _connection;
    private readonly IRights _rights;

    public LogPeer(string user = "ann", int device = 1, string model = Model, FakeClock? clock = null, IRights? rights = null)
    {
        Clock = clock ?? new FakeClock();
        User = UserKeys.Derive("example.com/test", KeyOf(user));
        _rights = rights ?? new OwnRooms(User.VerifyingKey, User.PrivateRoom);
        _connection = Connection.Open(":memory:", OpenFlags);
        DatabaseFile.Initialize(_connection, "example.com/test");
        Log = Write(transaction => DatabaseGenesis.Create(
            transaction, Options(DataModelBuilder.Build(model, version: 1)), new CountingBytes((byte)(device * 64)), $"device {device}"));
    }

    public FakeClock Clock { get; }

    public UserKeys User { get; }

    public CommitLog Log { get; private set; }

    public CountedDocuments Documents { get; } = new();

    public Connection Connection => _connection;

    public Uid Room => User.PrivateRoom;

    public Uid Device => Log.Keys.Device;

    public LogOptions Options(DataModel model) => new()
    {
        User = User,
        Model = model,
        OwnRooms = _rights,
        Documents = Documents,
        TimeProvider = Clock,
    };

    public static byte[] KeyOf(string user) => Blake3.Hash(System.Text.Encoding.UTF8.GetBytes(user)).ToByteArray();

    public Entity Entity(string name) => Log.Model.FindCanonical(name)!;

    /// <summary>Runs work in a transaction of its own; what throws is rolled back.</summary>
    public T Write<T>(Func<WriteTransaction, T> work)
    {
        WriteTransaction transaction = new(_connection);
        _connection.Execute("BEGIN IMMEDIATE");
        try
        {
            T result = work(transaction);
            _connection.Execute("COMMIT");
            return result;
        }
        catch
        {
            _connection.Execute("ROLLBACK");
            transaction.Undo(0, 0);
            throw;
        }
    }

    /// <summary>Runs one document.</summary>
    public T Batch<T>(Func<CommitBatch, T> work) => Write(transaction =>
    {
        CommitBatch batch = Log.Begin(transaction);
        T result = work(batch);
        batch.Complete();
        return result;
    });

    public void Batch(Action<CommitBatch> work) => Batch(batch =>
    {
        work(batch);
        return 0;
    });

    public Uid Insert(string entity, Uid? room, params (string Field, Value Value)[] values) =>
        Batch(batch => batch.Insert(Entity(entity), room, Assign(entity, values)));

    public void Update(string entity, Uid? room, Uid row, params (string Field, Value Value)[] values) =>
        Batch(batch => batch.Update(Entity(entity), room, row, Assign(entity, values)));

    public void Delete(string entity, Uid? room, Uid row) => Batch(batch => batch.Delete(Entity(entity), room, row));

    public void Link(string entity, Uid? room, Uid row, string field, Uid target) =>
        Batch(batch => batch.Link(Entity(entity), room, row, Entity(entity).FindField(field)!, target));

    public void Unlink(string entity, Uid? room, Uid row, string field, Uid target) =>
        Batch(batch => batch.Unlink(Entity(entity), room, row, Entity(entity).FindField(field)!, target));

    public FieldAssignment[] Assign(string entity, params (string Field, Value Value)[] values) =>
        [.. values.Select(value => new FieldAssignment(Entity(entity).FindField(value.Field)!, value.Value))];

    /// <summary>Founds a room; its id and those of the entries, the founding one first.</summary>
    public RightsReceipt Found(params RightsOperation[] operations) => Define(
        null, [new RightsOperation.Genesis(User.VerifyingKey, new byte[16]), .. operations]);

    /// <summary>Changes a room, asking for no right.</summary>
    public RightsReceipt Define(Uid? room, params RightsOperation[] operations) => Batch(batch =>
    {
        RightsDraft draft = new();
        foreach (RightsOperation operation in operations)
        {
            draft.Add(operation);
        }

        return batch.Define(room, draft);
    });

    /// <summary>Everything this device wrote in a room, as it is sent.</summary>
    public IReadOnlyList<SentCommit> Sent(Uid? room = null, CommitKind kind = CommitKind.Data)
    {
        DeviceLog? log = Log.Store.Logs.Find(room ?? Room, Device, kind);
        if (log is null)
        {
            return [];
        }

        return [.. new PackedLog(Log.Store).Read(log, 1, int.MaxValue, int.MaxValue)
            .Select((packed, i) => new SentCommit(log.Room, log.Author.Certificate, i + 1, packed.ToArray(), kind))];
    }

    public ApplyOutcome Apply(SentCommit commit) => Write(transaction => Log.Intake.Apply(transaction, commit.Incoming));

    public void ApplyAll(IEnumerable<SentCommit> commits)
    {
        foreach (SentCommit commit in commits)
        {
            Assert.Equal(CommitFault.None, Apply(commit).Fault);
        }
    }

    /// <summary>Replaces the model as an update does.</summary>
    public void Upgrade(string model)
    {
        DataModel stored = Log.Model;
        DataModel next = DataModelBuilder.Build(model, stored.Version + 1, stored);
        Write(transaction =>
        {
            new ModelMigration(transaction, Log).Apply(next, ModelChange.Between(stored, next));
            return 0;
        });
    }

    /// <summary>Opens the log anew, as after a restart: nothing is left in memory.</summary>
    public void Reopen() => Log = Write(transaction => CommitLog.Open(transaction, Options(Log.Model)));

    public string Dump() => new ProjectionDump(new LogStore(_connection), Log.Projection.Tables).Write();

    public void Rebuild() => Write(transaction =>
    {
        Log.Rebuild.RunAll(transaction);
        return 0;
    });

    public IReadOnlyList<AuditFinding> Audit() => new LogAudit(_connection, Log.Model, _rights, Clock, maxFindings: 100).Run(CancellationToken.None);

    public IReadOnlyList<RowChange> ChangesOf(Action<WriteTransaction> work) => Write(transaction =>
    {
        work(transaction);
        return (IReadOnlyList<RowChange>)[.. transaction.Changes.Rows];
    });

    /// <summary>A column of a row that is shown; null when it is not.</summary>
    public string? Read(string entity, string column, Uid row, bool raw = false)
    {
        string expression = raw ? column : $"\"{column}\"";
        using Statement statement = _connection.Prepare($"SELECT CAST({expression} AS TEXT) FROM \"{Entity(entity).TableName}\" WHERE id = ?1");
        statement.Bind(1, row);
        return !statement.Step() ? null : statement.IsNull(0) ? "null" : System.Text.Encoding.UTF8.GetString(statement.GetText(0));
    }

    public bool IsShown(string entity, Uid row) => Read(entity, "mdate", row) is not null;

    public IReadOnlyList<Uid> Links(string entity, string field, Uid row)
    {
        using Statement statement = _connection.Prepare($"SELECT dest FROM \"{Entity(entity).FindField(field)!.ColumnName}\" WHERE src = ?1 ORDER BY dest");
        statement.Bind(1, row);
        List<Uid> targets = [];
        while (statement.Step())
        {
            targets.Add(statement.GetUid(0));
        }

        return targets;
    }

    public long Count(string table) => _connection.ReadInt64($"SELECT count(*) FROM \"{table}\"")!.Value;

    public void Dispose()
    {
        Log.Dispose();
        User.Dispose();
        _connection.Dispose();
    }
}
