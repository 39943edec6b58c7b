using System.Collections.Immutable;
using System.Diagnostics;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Everything one document changes, becoming one commit per room (more beyond the bounds of a commit). Each operation is
/// projected before the next that may read what it wrote; <see cref="Complete" /> chains and signs.
/// A null room means a local row: the log under the zero room.
/// </summary>
internal sealed class CommitBatch
{
    private readonly CommitLog _log;
    private readonly WriteTransaction _transaction;
    private readonly Dictionary<Uid, OpenCommit> _open = [];
    private readonly List<CommitSummary> _completed = [];
    private readonly HashSet<Uid> _deletedLocal = [];
    private readonly RightsWriter _rights;
    private readonly InsertBuffer _inserts;
    private Hlc _next;
    private OpenCommit? _last;

    internal CommitBatch(CommitLog log, WriteTransaction transaction, Hlc first)
    {
        _log = log;
        _transaction = transaction;
        _next = first;
        _inserts = log.Inserts;
        _inserts.Clear();
        Mdate = first.Milliseconds;
        _rights = new RightsWriter(log, transaction, Next, _completed.Add);
    }

    /// <summary>Date of every operation of this batch, in milliseconds since 1970.</summary>
    public long Mdate { get; }

    public DataModel Model => _log.Model;

    private Projection Projection => _log.Projection;

    /// <summary>
    /// Changes the definition of a room, or founds one (null; the draft then begins with a genesis operation), before anything
    /// else is written to it: what follows may rest on the new rights. Whether the user may is the caller's to ask.
    /// </summary>
    public RightsReceipt Define(Uid? room, RightsDraft draft)
    {
        if (room is { } known && _open.ContainsKey(known))
        {
            throw new InvalidOperationException("A room is defined before rows are written to it: their commit already names its rights.");
        }

        return _rights.Write(room, draft);
    }

    /// <summary>The first operation of a room this user founds.</summary>
    public RightsOperation NewGenesis()
    {
        byte[] nonce = new byte[RightsPayload.NonceSizeBytes];
        _log.Random.Fill(nonce);
        return new RightsOperation.Genesis(_log.Author.User, nonce);
    }

    /// <summary>Where the data logs of a room end, of one user's devices or of all (null), ascending by device.</summary>
    public ImmutableArray<LogPosition> DataEnds(Uid room, VerifyingKey? user)
    {
        List<LogPosition> ends = [];
        foreach (DeviceLog log in _log.Store.Logs.OfRoom(room, CommitKind.Data))
        {
            LogHead head = _log.Store.Logs.HeadOf(log);
            if (head.Sequence > 0 && (user is null || log.Author.User == user))
            {
                ends.Add(new LogPosition(log.Device, head.Sequence, head.Id));
            }
        }

        return [.. ends.OrderBy(end => end.Device)];
    }

    /// <summary>
    /// Inserts a row; its id is derived (log.md §2). Defaults are already among the values. It is there for reads after
    /// <see cref="Project" />, or after any other operation.
    /// </summary>
    /// <exception cref="DiscreetException">RowTooLarge.</exception>
    public Uid Insert(Entity entity, Uid? room, ReadOnlySpan<FieldAssignment> values)
    {
        OpenCommit commit = Open(room);
        Uid row = commit.NextRow();
        if (!commit.Builder.TryInsert(entity, row, values))
        {
            commit = OpenAfter(commit);
            row = commit.NextRow();
            Demand(commit.Builder.TryInsert(entity, row, values), entity);
        }

        _inserts.Add(commit.Scope, Projection.Tables.Of(entity), row, values);
        return row;
    }

    /// <summary>Projects the insertions so far, for whoever reads them now.</summary>
    public void Project() => _inserts.Flush();

    /// <summary>Sets fields and single relations of an existing row.</summary>
    /// <exception cref="DiscreetException">RowTooLarge.</exception>
    public void Update(Entity entity, Uid? room, Uid row, ReadOnlySpan<FieldAssignment> values)
    {
        OpenCommit commit = Open(room);
        if (!commit.Builder.TryUpdate(entity, row, values))
        {
            commit = OpenAfter(commit);
            Demand(commit.Builder.TryUpdate(entity, row, values), entity);
        }

        Project();
        Projection.Update(commit.Scope, Projection.Tables.Of(entity), row, values);
        if (entity is { IsSystem: true, Name: "Device" })
        {
            _log.Devices.Forget(_transaction);
        }
    }

    /// <summary>Adds a link.</summary>
    public void Link(Entity entity, Uid? room, Uid row, Field links, Uid target) =>
        Link(OperationKind.Link, entity, room, row, links, target);

    /// <summary>Removes a link.</summary>
    public void Unlink(Entity entity, Uid? room, Uid row, Field links, Uid target) =>
        Link(OperationKind.Unlink, entity, room, row, links, target);

    /// <summary>Deletes a row for good.</summary>
    public void Delete(Entity entity, Uid? room, Uid row)
    {
        OpenCommit commit = Open(room);
        if (!commit.Builder.TryDelete(entity, row))
        {
            commit = OpenAfter(commit);
            Demand(commit.Builder.TryDelete(entity, row), entity);
        }

        Project();
        Projection.Delete(commit.Scope, entity.LogName, row);
        if (room is null)
        {
            _deletedLocal.Add(row);
        }
    }

    /// <summary>Signs and stores the commits.</summary>
    public IReadOnlyList<CommitSummary> Complete()
    {
        foreach (OpenCommit commit in _open.Values)
        {
            Seal(commit);
        }

        _open.Clear();
        _last = null;
        _log.Settle(_transaction);
        if (_deletedLocal.Count > 0)
        {
            // Nobody else ever sees a local row, so nobody else's clock could undo its deletion.
            _log.Eraser.Erase(_transaction, _deletedLocal);
        }

        _log.End(this);
        return _completed;
    }

    private void Link(OperationKind kind, Entity entity, Uid? room, Uid row, Field links, Uid target)
    {
        OpenCommit commit = Open(room);
        if (!commit.Builder.TryLink(kind, entity, row, links, target))
        {
            commit = OpenAfter(commit);
            Demand(commit.Builder.TryLink(kind, entity, row, links, target), entity);
        }

        Project();
        EntityTable table = Projection.Tables.Of(entity);
        Projection.Link(commit.Scope, table, row, table.FindLinks(links.LogName), target, kind == OperationKind.Link);
    }

    private OpenCommit Open(Uid? room)
    {
        Uid place = room ?? Uid.Zero;
        if (_last?.Log.Room == place)
        {
            return _last;
        }

        if (!_open.TryGetValue(place, out OpenCommit? commit))
        {
            commit = Begin(_log.OwnLog(_transaction, place, CommitKind.Data));
            _open.Add(place, commit);
        }

        return _last = commit;
    }

    private OpenCommit OpenAfter(OpenCommit full)
    {
        Seal(full);
        OpenCommit commit = Begin(full.Log);
        _open[full.Log.Room] = commit;
        return _last = commit;
    }

    private OpenCommit Begin(DeviceLog log)
    {
        if (!_open.ContainsKey(log.Room))
        {
            _log.Devices.RevokeIn(this, log.Room);
        }

        ReadOnlyMemory<Hash256> heads = _rights.HeadsOf(log.Room);
        return new OpenCommit(_transaction, log, _log.Store.Logs.HeadOf(log), Next(), heads, _log.RentBuilder());
    }

    private Hlc Next()
    {
        Hlc hlc = _next;
        _next = new Hlc(hlc.Value + 1);
        if (hlc.Milliseconds != Mdate)
        {
            throw new DiscreetException(
                ErrorCode.TooComplex, $"One document becomes at most {1 << Hlc.CounterBits} commits; divide it into several.");
        }

        _log.Clock.Observe(hlc);
        return hlc;
    }

    private void Seal(OpenCommit open)
    {
        int count = open.Builder.OperationCount;
        if (count > 0)
        {
            Project();
            Commit commit = Sign(open);
            _log.Store.Fields.InternNames(_transaction, commit.Body);
            _log.Store.Commits.Append(_transaction, open.Log, commit);
            Projection.Settle(open.Scope);
            _completed.Add(new CommitSummary(open.Log.Room, commit.Position.Sequence, count));
        }

        _log.ReturnBuilder(open.Builder);
    }

    private Commit Sign(OpenCommit open)
    {
        CommitBody body = open.Builder.Build();
        CommitHeader header = open.After.Next(open.Hlc, open.Heads, body);
        byte[] signature = new byte[Ed25519.SignatureSizeBytes];
        header.Sign(_log.Keys.Sign, signature);
        Debug.Assert(header.Verify(_log.Keys.Sign.PublicKey, signature), "A signature just made must verify (I2).");
        return new Commit(header, header.ComputeId(), signature, body);
    }

    // An operation that does not fit an empty commit is larger than a row may be, which was refused already.
    private static void Demand(bool isAdded, Entity entity)
    {
        if (!isAdded)
        {
            throw new DiscreetException(ErrorCode.TooComplex, $"An operation on {entity.CanonicalName} does not fit a commit.");
        }
    }
}
