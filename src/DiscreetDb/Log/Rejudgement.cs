using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Judges stored data commits again when what they were judged by changed, and no others: those a new cut-off, pin, fork or
/// revocation reaches, those whose author knew a rights commit that counts no more (or does now), and those that act on rows
/// whose insert became void or valid. In the order of clocks, because a commit depends on earlier inserts only (ADR 0017);
/// then exactly the rows are projected again that a changed commit touches.
/// </summary>
internal sealed class Rejudgement(LogStore store, RightsLogs rights, CommitJudge judge, Projection projection)
{
    private readonly Dictionary<Uid, RightsSnapshot?> _rooms = [];
    private readonly PriorityQueue<CommitNumber, CommitStamp> _queue = new();
    private readonly HashSet<CommitNumber> _queued = [];
    private readonly HashSet<(string Entity, Uid Row)> _rows = [];

    /// <summary>Commits judged again so far: for tests of how many that are.</summary>
    public long JudgedCount { get; private set; }

    /// <summary>Whether commits wait to be judged: before anything new is.</summary>
    public bool IsPending => _rooms.Count > 0 || _queue.Count > 0;

    /// <summary>To be called before a rights commit is taken into its room.</summary>
    public void RightsWillChange(WriteTransaction transaction, Uid room)
    {
        if (!_rooms.ContainsKey(room))
        {
            _rooms.Add(room, rights.Find(room) is { } known ? RightsSnapshot.Of(known.Graph) : null);
            transaction.OnRollback(Clear);
        }
    }

    /// <summary>The rights of a room are others, and from what is not known: all its data is judged again.</summary>
    public void RoomChanged(WriteTransaction transaction, Uid room)
    {
        judge.Forget(transaction, room);
        transaction.OnRollback(Clear);
        foreach (DeviceLog log in store.Logs.OfRoom(room, CommitKind.Data))
        {
            AddFrom(log, 1);
        }
    }

    /// <summary>The data logs of the rooms whose rights changed.</summary>
    public IReadOnlyList<DeviceLog> LogsOfChangedRooms() => [.. _rooms.Keys.SelectMany(room => store.Logs.OfRoom(room, CommitKind.Data))];

    /// <summary>What reaches into a log changed: a fork became known, or a commit arrived that somebody had named.</summary>
    public void LogChanged(WriteTransaction transaction, DeviceLog log, DeviceReach before)
    {
        judge.Forget(transaction, log);
        transaction.OnRollback(Clear);
        if (judge.ReachOf(log).FirstDifference(before) is { } first)
        {
            AddFrom(log, first);
        }
    }

    /// <summary>Commits that act on the rows this one inserts are judged by it from now on.</summary>
    public void InsertsChanged(WriteTransaction transaction, StoredCommit commit)
    {
        List<CommitNumber> touching = [];
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            if (operation.Kind == OperationKind.Insert && projection.MayBeTouched(operation.Row))
            {
                projection.ReadHistory(operation.Row, touching);
            }
        }

        foreach (CommitNumber number in touching)
        {
            StoredCommit other = store.Commits.Load(number);
            if (other.Log.Room == commit.Log.Room && other.Stamp > commit.Stamp)
            {
                Add(number, other.Stamp);
                transaction.OnRollback(Clear);
            }
        }
    }

    /// <summary>The rows of a commit that begins or ceases to count are projected again by <see cref="Run" />.</summary>
    public void RowsChanged(StoredCommit commit)
    {
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            _rows.Add((commit.Body.EntityOf(operation), operation.Row));
            judge.Behind.Add(operation.Row);
        }
    }

    /// <summary>Judges what waits and brings the tables up to date.</summary>
    public void Run(WriteTransaction transaction)
    {
        foreach ((Uid room, RightsSnapshot? before) in _rooms)
        {
            AddOfRoom(transaction, room, before);
        }

        _rooms.Clear();
        while (_queue.TryDequeue(out CommitNumber number, out _))
        {
            _queued.Remove(number);
            Judge(transaction, store.Commits.Load(number));
        }

        Project(transaction);
    }

    /// <summary>Projects the rows again that changed commits touch.</summary>
    public void Project(WriteTransaction transaction)
    {
        foreach ((string entity, Uid row) in _rows)
        {
            projection.Reproject(transaction, entity, row);
        }

        _rows.Clear();
        judge.Behind.Clear();
    }

    /// <summary>A commit that is dropped is not judged any more.</summary>
    public void Remove(CommitNumber number)
    {
        if (_queued.Remove(number))
        {
            List<(CommitNumber Number, CommitStamp Stamp)> left = [.. _queue.UnorderedItems.Where(item => item.Element != number)];
            _queue.Clear();
            _queue.EnqueueRange(left);
        }
    }

    private void Judge(WriteTransaction transaction, StoredCommit commit)
    {
        JudgedCount++;
        bool isVoid = judge.Judge(commit) != CommitFault.None;
        if (isVoid == commit.IsVoid)
        {
            return;
        }

        store.Commits.SetVoid(transaction, commit.Number, isVoid);
        transaction.OnRollback(Clear);
        RowsChanged(commit);
        InsertsChanged(transaction, commit);
    }

    private void AddOfRoom(WriteTransaction transaction, Uid room, RightsSnapshot? before)
    {
        judge.Forget(transaction, room);
        if (before is null || rights.Find(room) is not { } now)
        {
            return;
        }

        IReadOnlyList<RightsNode> changed = before.ChangedIn(now.Graph);
        foreach (DeviceLog log in store.Logs.OfRoom(room, CommitKind.Data))
        {
            DeviceReach reach = judge.ReachOf(log);
            if (reach.FirstDifference(judge.ReachOf(log, before.Ledger)) is { } first)
            {
                AddFrom(log, first);
            }

            if (changed.Count > 0)
            {
                AddKnowing(log, now.Graph, reach, changed);
            }
        }
    }

    private void AddFrom(DeviceLog log, long sequence)
    {
        foreach (CommitBrief brief in store.Commits.ReadBriefs(log, sequence))
        {
            Add(brief.Number, brief.Stamp);
        }
    }

    // Those in whose view one of the commits is.
    private void AddKnowing(DeviceLog log, RightsGraph graph, DeviceReach reach, IReadOnlyList<RightsNode> changed)
    {
        Dictionary<int, bool> knows = [];
        foreach (CommitBrief brief in store.Commits.ReadBriefs(log, 1))
        {
            if (!knows.TryGetValue(brief.HeadsNo, out bool isKnown))
            {
                isKnown = graph.TryView(store.Heads.Get(brief.HeadsNo).Span, out RightsView? view) && changed.Any(view.Contains);
                knows.Add(brief.HeadsNo, isKnown);
            }

            if (isKnown || IsReached(reach.ClockAt(brief.Number.Sequence), changed))
            {
                Add(brief.Number, brief.Stamp);
            }
        }
    }

    private static bool IsReached(int[] clock, IReadOnlyList<RightsNode> changed) => changed.Any(node => RightsClock.Contains(clock, node));

    private void Add(CommitNumber number, CommitStamp stamp)
    {
        if (_queued.Add(number))
        {
            _queue.Enqueue(number, stamp);
        }
    }

    private void Clear()
    {
        _rooms.Clear();
        _queue.Clear();
        _queued.Clear();
        _rows.Clear();
        judge.Behind.Clear();
    }
}
