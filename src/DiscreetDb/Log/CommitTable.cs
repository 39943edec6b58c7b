using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>The commits (<c>$commit</c>): appended, read back by number, and their values erased. Nothing else ever changes one.</summary>
internal sealed class CommitTable(Connection connection, LogTable logs, HeadsTable heads)
{
    private const string Columns = "no, id, hlc, heads, void, signature, body";

    private readonly CommitCache _cache = new();
    private Hlc? _last;

    /// <summary>At least the clock of every commit stored; a rollback may leave it too great.</summary>
    public Hlc Last => _last ??= logs.LastHlc();

    /// <summary>Stores the commit at the end of its log.</summary>
    public StoredCommit Append(WriteTransaction transaction, DeviceLog log, Commit commit, bool isVoid = false)
    {
        CommitNumber number = log.NumberOf(commit.Position.Sequence);
        int headsNo = heads.Intern(transaction, commit.Header.Heads.Span);
        using Statement statement = connection.Prepare($"INSERT INTO \"$commit\" ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        Span<byte> id = stackalloc byte[Hash256.SizeBytes];
        commit.Id.CopyTo(id);
        statement.Bind(1, number.Value);
        statement.BindBlob(2, id);
        statement.Bind(3, (long)commit.Position.Hlc.Value);
        statement.Bind(4, headsNo);
        statement.Bind(5, isVoid ? 1 : 0);
        statement.BindBlob(6, commit.Signature.Span);
        statement.BindBlob(7, commit.Body.Bytes.Span);
        statement.Run();
        _last = commit.Position.Hlc > Last ? commit.Position.Hlc : Last;
        logs.SetHead(transaction, log, logs.HeadOf(log).With(commit));
        transaction.OnRollback(() => _cache.Remove(number));
        return new StoredCommit(number, log, new CommitStamp(commit.Position.Hlc, commit.Id), headsNo, isVoid, commit.Signature, commit.Body);
    }

    /// <summary>The commit with this number.</summary>
    /// <exception cref="DiscreetException">DatabaseCorrupt: it is not here, or not readable.</exception>
    public StoredCommit Load(CommitNumber number)
    {
        if (_cache.Find(number) is { } cached)
        {
            return cached;
        }

        using Statement statement = connection.Prepare($"SELECT {Columns} FROM \"$commit\" WHERE no = ?1");
        statement.Bind(1, number.Value);
        if (!statement.Step())
        {
            throw Corrupt(number, "is missing");
        }

        StoredCommit commit = Decode(ReadRow(statement));
        _cache.Add(commit);
        return commit;
    }

    /// <summary>The clock and id of a commit, without reading its body.</summary>
    public CommitStamp StampOf(CommitNumber number)
    {
        if (_cache.Find(number) is { } cached)
        {
            return cached.Stamp;
        }

        using Statement statement = connection.Prepare("SELECT hlc, id FROM \"$commit\" WHERE no = ?1");
        statement.Bind(1, number.Value);
        return statement.Step()
            ? new CommitStamp(new Hlc((ulong)statement.GetInt64(0)), new Hash256(statement.GetBlob(1)))
            : throw Corrupt(number, "is missing");
    }

    /// <summary>Up to <paramref name="maxCount" /> commits of a log, from a sequence on.</summary>
    public IReadOnlyList<StoredCommit> Read(DeviceLog log, long fromSequence, int maxCount) =>
        [.. ReadRaw(log, fromSequence, maxCount).Select(raw => Decode(raw))];

    /// <summary>The same without reading the bodies.</summary>
    public IReadOnlyList<RawCommit> ReadRaw(DeviceLog log, long fromSequence, int maxCount)
    {
        using Statement statement = connection.Prepare(
            $"SELECT {Columns} FROM \"$commit\" WHERE no BETWEEN ?1 AND ?2 ORDER BY no LIMIT ?3");
        statement.Bind(1, log.NumberOf(fromSequence).Value);
        statement.Bind(2, log.NumberOf(CommitNumber.MaxSequence).Value);
        statement.Bind(3, maxCount);
        List<RawCommit> commits = [];
        while (statement.Step())
        {
            commits.Add(ReadRow(statement));
        }

        return commits;
    }

    /// <summary>Numbers of every commit in the order of their clocks: the order that projects with the fewest comparisons.</summary>
    public IReadOnlyList<CommitNumber> NumbersByClock()
    {
        using Statement statement = connection.Prepare("SELECT no FROM \"$commit\" ORDER BY hlc, id");
        List<CommitNumber> numbers = [];
        while (statement.Step())
        {
            numbers.Add(new CommitNumber(statement.GetInt64(0)));
        }

        return numbers;
    }

    /// <summary>Every commit of a log from a sequence on, without signature and body.</summary>
    public IReadOnlyList<CommitBrief> ReadBriefs(DeviceLog log, long fromSequence)
    {
        using Statement statement = connection.Prepare("SELECT no, hlc, id, heads, void FROM \"$commit\" WHERE no BETWEEN ?1 AND ?2 ORDER BY no");
        statement.Bind(1, log.NumberOf(fromSequence).Value);
        statement.Bind(2, log.NumberOf(CommitNumber.MaxSequence).Value);
        List<CommitBrief> commits = [];
        while (statement.Step())
        {
            commits.Add(new CommitBrief(
                new CommitNumber(statement.GetInt64(0)),
                new CommitStamp(new Hlc((ulong)statement.GetInt64(1)), new Hash256(statement.GetBlob(2))),
                (int)statement.GetInt64(3),
                statement.GetInt64(4) != 0));
        }

        return commits;
    }

    /// <summary>Notes whether a commit counts.</summary>
    public void SetVoid(WriteTransaction transaction, CommitNumber number, bool isVoid)
    {
        using Statement statement = connection.Prepare("UPDATE \"$commit\" SET void = ?2 WHERE no = ?1");
        statement.Bind(1, number.Value);
        statement.Bind(2, isVoid ? 1 : 0);
        statement.Run();
        _cache.Remove(number);
        transaction.OnRollback(() => _cache.Remove(number));
    }

    /// <summary>Drops the last commit of a log, which gives way to another branch of it.</summary>
    public void RemoveLast(WriteTransaction transaction, StoredCommit commit, LogHead before)
    {
        using Statement statement = connection.Prepare("DELETE FROM \"$commit\" WHERE no = ?1");
        statement.Bind(1, commit.Number.Value);
        statement.Run();
        _cache.Remove(commit.Number);
        transaction.OnRollback(() => _cache.Remove(commit.Number));
        logs.SetHead(transaction, commit.Log, before);
    }

    /// <summary>How many commits of these logs are void.</summary>
    public long CountVoid(IEnumerable<DeviceLog> of)
    {
        long count = 0;
        using Statement statement = connection.Prepare("SELECT count(*) FROM \"$commit\" WHERE void = 1 AND no BETWEEN ?1 AND ?2");
        foreach (DeviceLog log in of)
        {
            statement.Bind(1, log.NumberOf(1).Value);
            statement.Bind(2, log.NumberOf(CommitNumber.MaxSequence).Value);
            statement.Step();
            count += statement.GetInt64(0);
            statement.Reset();
        }

        return count;
    }

    /// <summary>Takes the values of these rows out of a commit; it still verifies (log.md §2).</summary>
    public void Erase(WriteTransaction transaction, CommitNumber number, IReadOnlySet<Uid> rows)
    {
        CommitBody body = Load(number).Body;
        CommitBody erased = body.Erase(rows);
        if (ReferenceEquals(body, erased))
        {
            return;
        }

        using Statement statement = connection.Prepare("UPDATE \"$commit\" SET body = ?2 WHERE no = ?1");
        statement.Bind(1, number.Value);
        statement.BindBlob(2, erased.Bytes.Span);
        statement.Run();
        _cache.Remove(number);
        transaction.OnRollback(() => _cache.Remove(number));
    }

    /// <summary>
    /// Takes the commits behind a sequence out of a log of a device that signs nothing any more (I9). What was projected from
    /// them is the caller's to project again.
    /// </summary>
    public void RemoveAfter(WriteTransaction transaction, DeviceLog log, long sequence)
    {
        using Statement statement = connection.Prepare("DELETE FROM \"$commit\" WHERE no BETWEEN ?1 AND ?2");
        statement.Bind(1, log.NumberOf(sequence + 1).Value);
        statement.Bind(2, log.NumberOf(CommitNumber.MaxSequence).Value);
        statement.Run();
        _cache.Clear();
        logs.ForgetHead(transaction, log);
    }

    private static DiscreetException Corrupt(CommitNumber number, string what) =>
        new(ErrorCode.DatabaseCorrupt, $"Commit {number.Sequence} of log {number.Log} {what}. Verify the database, then repair it.");

    private static RawCommit ReadRow(Statement statement) => new(
        new CommitNumber(statement.GetInt64(0)),
        new CommitStamp(new Hlc((ulong)statement.GetInt64(2)), ReadId(statement)),
        (int)statement.GetInt64(3),
        statement.GetInt64(4) != 0,
        statement.GetBlob(5).ToArray(),
        statement.GetBlob(6).ToArray());

    private static Hash256 ReadId(Statement statement)
    {
        ReadOnlySpan<byte> id = statement.GetBlob(1);
        return id.Length == Hash256.SizeBytes ? new Hash256(id) : throw Corrupt(new CommitNumber(statement.GetInt64(0)), "has no id");
    }

    private StoredCommit Decode(in RawCommit raw)
    {
        DeviceLog log = logs.Get(raw.Number.Log);
        CommitPosition position = new(log.Room, log.Device, log.Kind, raw.Number.Sequence, raw.Stamp.Hlc);
        return CommitBody.TryDecode(raw.Body, position, out CommitBody? body, out CommitFault fault)
            ? raw.Decoded(log, body)
            : throw Corrupt(raw.Number, $"is damaged ({fault})");
    }
}
