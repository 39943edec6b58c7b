using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Checks a whole database on one snapshot: that every log is dense and chained, every commit what its id and signature
/// say, every certificate signed, that exactly the commits count whose authors had the right to them, and that the tables are
/// what the log projects to. Reports; changes nothing.
/// </summary>
internal sealed class LogAudit
{
    private const int ChunkCount = 256;

    private readonly LogStore _store;
    private readonly CommitJudge _judge;
    private readonly ProjectionAudit _projection;
    private readonly List<AuditFinding> _findings = [];
    private readonly HashSet<int> _authors = [];
    private readonly int _maxFindings;

    /// <param name="connection">The snapshot.</param>
    /// <param name="model">The model it is projected by.</param>
    /// <param name="ownRooms">The rights of the rooms without a definition.</param>
    /// <param name="clock">The clock of the database; nothing is decided by it.</param>
    /// <param name="maxFindings">How many findings are enough.</param>
    public LogAudit(Connection connection, DataModel model, IRights ownRooms, TimeProvider clock, int maxFindings)
    {
        _store = new LogStore(connection);
        Projection projection = new(new ProjectionStore(_store, model, new NumberedRows(), clock));
        _judge = new CommitJudge(_store, new RightsLogs(_store, ownRooms), projection, _store.Forks);
        _projection = new ProjectionAudit(_store, new ProjectionTables(model));
        _maxFindings = maxFindings;
    }

    /// <summary>Commits that were checked.</summary>
    public long CommitCount { get; private set; }

    /// <summary>Rows that were compared with what the log projects to.</summary>
    public long RowCount => _projection.RowCount;

    /// <summary>What was found; it stops at the most findings asked for.</summary>
    public IReadOnlyList<AuditFinding> Run(CancellationToken cancellationToken)
    {
        foreach (DeviceLog log in _store.Logs.All())
        {
            CheckLog(log, cancellationToken);
        }

        // Tables are compared with a log that is whole; from a damaged one nothing follows.
        if (_findings.Count == 0)
        {
            foreach (DeviceLog log in _store.Logs.All().Where(log => log.Kind == CommitKind.Data))
            {
                CheckProjection(log, cancellationToken);
            }

            foreach (Uid room in _store.Logs.Rooms(CommitKind.Rights))
            {
                cancellationToken.ThrowIfCancellationRequested();
                CheckDefinition(room);
            }

            _findings.AddRange(_projection.CheckTotals().Take(_maxFindings - _findings.Count));
        }

        return _findings;
    }

    private void CheckLog(DeviceLog log, CancellationToken cancellationToken)
    {
        if (_authors.Add(log.Author.DeviceNo) && !log.Author.Certificate.Verify())
        {
            Find(log, 1, "has a certificate that is not signed by its three keys");
        }

        LogHead head = LogHead.Empty(log);
        while (_findings.Count < _maxFindings)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<RawCommit> chunk = _store.Commits.ReadRaw(log, head.Sequence + 1, ChunkCount);
            foreach (RawCommit raw in chunk)
            {
                if (Check(log, ref head, raw) is { } what)
                {
                    Find(log, raw.Number.Sequence, what);
                }
            }

            if (chunk.Count < ChunkCount)
            {
                return;
            }
        }
    }

    private string? Check(DeviceLog log, ref LogHead head, RawCommit raw)
    {
        CommitCount++;
        long sequence = raw.Number.Sequence;
        long expected = head.Sequence + 1;
        string? what = sequence != expected
            ? $"follows commit {head.Sequence}: what was between is missing"
            : CheckContent(log, head, raw);

        // The next commit is judged against what is stored, so that one damaged commit is one finding.
        head = head with { Sequence = sequence, Id = raw.Stamp.Id, Hlc = raw.Stamp.Hlc, Heads = _store.Heads.Get(raw.HeadsNo) };
        return what;
    }

    private string? CheckContent(DeviceLog log, LogHead head, RawCommit raw)
    {
        CommitPosition position = head.NextPosition(raw.Stamp.Hlc);
        return CommitBody.TryDecode(raw.Body, position, out CommitBody? body, out CommitFault fault)
            ? ChainCheck.Check(_store, head, raw.Decoded(log, body))
            : $"cannot be read ({fault})";
    }

    private void CheckProjection(DeviceLog log, CancellationToken cancellationToken)
    {
        for (long sequence = 1; sequence <= _store.Logs.HeadOf(log).Sequence && _findings.Count < _maxFindings; sequence++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            StoredCommit commit = _store.Commits.Load(log.NumberOf(sequence));
            CheckRights(commit);
            foreach (string what in _projection.Check(commit))
            {
                Find(log, sequence, what);
            }
        }
    }

    private void CheckRights(StoredCommit commit)
    {
        CommitFault fault = _judge.Judge(commit);
        if (commit.IsVoid && fault == CommitFault.None)
        {
            Find(commit.Log, commit.Number.Sequence, "is kept void, though its author had the right to it");
        }
        else if (!commit.IsVoid && fault != CommitFault.None)
        {
            Find(commit.Log, commit.Number.Sequence, $"counts, though its author had no right to it ({fault})");
        }
    }

    private void CheckDefinition(Uid room)
    {
        if (new RightsLogReader(_store).Load(room, out int leftOutCount) is not { } rights)
        {
            return;
        }

        if (leftOutCount > 0)
        {
            _findings.Add(new AuditFinding(null, 0, $"Room {room} has {leftOutCount} rights commits that rest on what is not here, or whose authors nobody let in."));
        }

        _findings.AddRange(_projection.CheckDefinition(room, DefinitionRows.Of(room, rights.Graph)).Take(_maxFindings - _findings.Count));
    }

    private void Find(DeviceLog log, long sequence, string what)
    {
        if (_findings.Count < _maxFindings)
        {
            _findings.Add(new AuditFinding(log, sequence, what));
        }
    }
}
