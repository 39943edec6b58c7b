using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Mutation;
using DiscreetDb.Query;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb;

/// <summary>
/// The local engine behind <see cref="Discreet" />: one open database with its writer, readers, full text, log and model.
/// Everything here may be called from any thread.
/// </summary>
internal sealed partial class Engine : IAsyncDisposable
{
    private readonly IScheduler _scheduler;
    private readonly TimeProvider _clock;
    private readonly IRandomSource _random;
    private readonly UserKeys _user;
    private readonly Database _database;
    private readonly CommitLog _log;
    private readonly ModelsInForce _models;
    private readonly QueryPipeline _queries;
    private readonly WritePlanCache _writePlans = new();
    private readonly ValueExpiry _expiry;
    private volatile WriteTables _writeTables;
    private int _isClosed;

    internal Engine(EngineOptions options, UserKeys user, Database database, CommitLog log)
    {
        _scheduler = options.Scheduler;
        _clock = options.Options.TimeProvider;
        _random = options.Random;
        _user = user;
        _database = database;
        _log = log;
        _models = new ModelsInForce(log.Model);
        _queries = new QueryPipeline(database.Readers, database.FullText, _models);
        _writeTables = new WriteTables(log.Model);
        _lastModelVersion = log.Model.Version;
        database.Writer.Committed = OnCommitted;
        _expiry = new ValueExpiry(database.Writer, log.Eraser, options.Options);
    }

    /// <summary>
    /// After every durable transaction, what it changed; in the order of the transactions, on the writer's thread. A
    /// handler must be quick and must not throw.
    /// </summary>
    public event Action<ChangeSet>? Committed;

    /// <summary>The model in force; replaced as a whole by an update.</summary>
    public DataModel Model => _models.Current;

    /// <summary>Id of the room only this user's devices are in.</summary>
    public Uid PrivateRoom => _user.PrivateRoom;

    /// <summary>Who the user is for everybody else.</summary>
    public VerifyingKey VerifyingKey => _user.VerifyingKey;

    /// <summary>The device this database is.</summary>
    public Uid Device => _log.Author.Certificate.Device;

    /// <summary>Ends when the values of deleted rows that were due at the last look are erased; for tests.</summary>
    internal Task Erasing => _expiry.Running;

    /// <summary>Opens the database, creating it if options allow.</summary>
    /// <exception cref="DiscreetException">
    /// DatabaseNotFound, WrongKey, WrongApplication, NewerFormat, DatabaseInUse, DatabaseCorrupt, ReadOnly,
    /// NativeLibraryMissing, or what is wrong with the model.
    /// </exception>
    public static Task<Engine> OpenAsync(EngineOptions options) => EngineOpening.RunAsync(options);

    /// <summary>Whether a database of this application and user exists in the folder.</summary>
    public static bool Exists(string appKey, ReadOnlySpan<byte> keyMaterial, string folder)
    {
        using UserKeys user = UserKeys.Derive(appKey, keyMaterial);
        return File.Exists(Path.Combine(folder, user.FileName));
    }

    /// <summary>Ends the writer after what it has begun, and releases the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            await _scheduler.RunAsync(Close, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private void OnCommitted(ChangeSet changes)
    {
        foreach (RowChange row in changes.Rows)
        {
            if (row.Entity == "sys.Device")
            {
                _log.Devices.Forget();
                break;
            }
        }

        Committed?.Invoke(changes);
    }

    private bool Close()
    {
        _expiry.Dispose();
        _database.Dispose();
        _log.Dispose();
        _user.Dispose();
        return true;
    }
}
