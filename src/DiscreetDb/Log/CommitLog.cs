using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>The signed log of an open database and the one way to write to it. Used on the writer's thread only.</summary>
internal sealed class CommitLog : IDisposable
{
    // Room for the commits of one document within one millisecond: all its rows get one mdate.
    private const int ReservedCounter = 1 << (Hlc.CounterBits - 1);

    private const int SpareBuilderCount = 4;

    private readonly Stack<CommitBodyBuilder> _builders = new();
    private readonly HashSet<int> _checked = [];
    private readonly List<DeviceKeys> _formerKeys = [];
    private CommitBatch? _batch;

    private CommitLog(ProjectionStore tables, DeviceKeys keys, Author author, HybridClock clock, LogOptions options)
    {
        Random = options.Random;
        Store = tables.Log;
        Tables = tables;
        Projection = new Projection(tables);
        Inserts = new InsertBuffer(Projection);
        Keys = keys;
        Clock = clock;
        Author = author;
        Rights = new RightsLogs(Store, options.OwnRooms);
        Definitions = new DefinitionProjection(tables, Rights);
        Rebuild = new ProjectionRebuild(tables, Projection, Definitions);
        Judge = new CommitJudge(Store, Rights, Projection, Store.Forks);
        Rejudgement = new Rejudgement(Store, Rights, Judge, Projection);
        Rejections = new Rejections(this);
        Intake = new CommitIntake(this);
        Eraser = new ValueEraser(tables);
        Devices = new OwnDevices(this, options.User.PrivateRoom);
    }

    /// <summary>
    /// Opens the log of a database that <see cref="DatabaseGenesis" /> created: loads its device and checks that it is this
    /// user's.
    /// </summary>
    /// <exception cref="DiscreetException">DatabaseCorrupt, WrongKey.</exception>
    public static CommitLog Open(WriteTransaction transaction, LogOptions options)
    {
        LogStore store = new(transaction.Connection);
        options.Documents.Configure(transaction, options.Model);
        DeviceKeys keys = LocalDevice.Load(store, options.User, out Author author);
        return Create(store, options, keys, author);
    }

    public LogStore Store { get; }

    /// <summary>What the log is projected into.</summary>
    public ProjectionStore Tables { get; }

    public Projection Projection { get; }

    /// <summary>Insertions of the open batch.</summary>
    public InsertBuffer Inserts { get; }

    /// <summary>Projects the definitions of rooms.</summary>
    public DefinitionProjection Definitions { get; }

    public ProjectionRebuild Rebuild { get; }

    public ValueEraser Eraser { get; }

    public DeviceKeys Keys { get; private set; }

    /// <summary>The user's devices.</summary>
    public OwnDevices Devices { get; }

    /// <summary>This device and its user.</summary>
    public Author Author { get; private set; }

    public HybridClock Clock { get; }

    public IRandomSource Random { get; }

    /// <summary>Who may do what in every room; the rights logs are in it.</summary>
    public RightsLogs Rights { get; }

    /// <summary>Decides which data commits count.</summary>
    public CommitJudge Judge { get; }

    /// <summary>Judges stored commits again.</summary>
    public Rejudgement Rejudgement { get; }

    /// <summary>Writes down what was refused.</summary>
    public Rejections Rejections { get; }

    /// <summary>Takes in what other devices signed.</summary>
    public CommitIntake Intake { get; }

    /// <summary>The model the tables are projected by; replaced by a model update inside its transaction.</summary>
    public DataModel Model => Projection.Tables.Model;

    /// <summary>
    /// Begins what one document changes. The caller ends it with <see cref="CommitBatch.Complete" />, or throws, so that its
    /// savepoint takes everything back; only one batch is open at a time.
    /// </summary>
    public CommitBatch Begin(WriteTransaction transaction)
    {
        if (_batch is not null)
        {
            throw new InvalidOperationException("The batch before this one was neither completed nor rolled back: its rows would have no commit.");
        }

        CommitBatch batch = new(this, transaction, FirstHlc());
        _batch = batch;
        transaction.OnRollback(() => End(batch));
        return batch;
    }

    public void Dispose()
    {
        while (_builders.TryPop(out CommitBodyBuilder? builder))
        {
            builder.Dispose();
        }

        _formerKeys.ForEach(keys => keys.Dispose());
        Keys.Dispose();
    }

    /// <summary>
    /// Goes on as a new device of the same name: nothing is ever signed again in the logs of the one before (I9). The caller
    /// introduces it, once what must come first in its logs is written.
    /// </summary>
    public void ReplaceDevice(WriteTransaction transaction, UserKeys user, IRandomSource random)
    {
        (DeviceKeys keys, Author author) = (Keys, Author);
        Keys = LocalDevice.Mint(transaction, Store, user, random, author.Certificate.DeviceName, Clock.Next(), out Author minted);
        Author = minted;
        _formerKeys.Add(keys);
        transaction.OnRollback(() =>
        {
            Keys.Dispose();
            _formerKeys.Remove(keys);
            (Keys, Author) = (keys, author);
        });
    }

    /// <summary>Tells the user's other devices of this one.</summary>
    public void IntroduceDevice(WriteTransaction transaction, UserKeys user)
    {
        CommitBatch batch = Begin(transaction);
        DatabaseGenesis.IntroduceDevice(batch, Model, user, Author.Certificate.DeviceName);
        batch.Complete();
    }

    internal void End(CommitBatch batch)
    {
        if (ReferenceEquals(_batch, batch))
        {
            _batch = null;
        }
    }

    internal static CommitLog Create(LogStore store, LogOptions options, DeviceKeys keys, Author author)
    {
        HybridClock clock = new(options.TimeProvider);
        clock.Observe(store.Commits.Last);
        return new CommitLog(new ProjectionStore(store, options.Model, options.Documents, options.TimeProvider), keys, author, clock, options);
    }

    /// <summary>
    /// The one way a rights commit gets into the log, this device's own or a peer's: stored, its room resolved anew, its
    /// definition projected. It passed <see cref="RightsLogs.Check" />.
    /// </summary>
    internal void AppendRights(WriteTransaction transaction, Author author, Commit commit, RightsCommit rights)
    {
        Uid room = commit.Position.Room;
        DefinitionRows before = Rights.DefinitionOf(room);
        TakeRights(transaction, author, commit, rights);
        Definitions.Apply(transaction, room, before, Rights.DefinitionOf(room));
    }

    /// <summary>The same without the projection of the definition, which the caller does once for many.</summary>
    internal void TakeRights(WriteTransaction transaction, Author author, Commit commit, RightsCommit rights)
    {
        Rejudgement.RightsWillChange(transaction, commit.Position.Room);
        Rights.Append(transaction, author, commit, rights);
        Clock.Observe(commit.Position.Hlc);
    }

    /// <summary>A log of this device in a room. Its end is checked once, so that nothing is ever signed on top of damage (I9).</summary>
    internal DeviceLog OwnLog(WriteTransaction transaction, Uid room, CommitKind kind)
    {
        DeviceLog log = Store.Logs.Open(transaction, room, kind, Author, Clock.NowMs());
        if (_checked.Add(log.No))
        {
            transaction.OnRollback(() => _checked.Remove(log.No));
            ChainCheck.DemandSoundEnd(Store, log);
        }

        return log;
    }

    /// <summary>Brings what counts up to date with the rights and forks that changed.</summary>
    internal void Settle(WriteTransaction transaction) => Intake.Settle(transaction);

    [SuppressMessage("Reliability", "CA2000", Justification = "The stack owns it and disposes it with the log.")]
    internal CommitBodyBuilder RentBuilder()
    {
        if (_builders.Count == 0)
        {
            _builders.Push(new CommitBodyBuilder());
        }

        return _builders.Pop();
    }

    internal void ReturnBuilder(CommitBodyBuilder builder)
    {
        if (_builders.Count == SpareBuilderCount)
        {
            builder.Dispose();
            return;
        }

        builder.Clear();
        _builders.Push(builder);
    }

    private Hlc FirstHlc()
    {
        Hlc first = Clock.Next();
        if (first.Counter < ReservedCounter)
        {
            return first;
        }

        Clock.Observe(Hlc.FromMilliseconds(first.Milliseconds + 1));
        return Clock.Next();
    }
}
