using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// The logs of this database, numbered (<c>$log</c>), and where each ends. A head is read from the last commit once and
/// then kept; a rollback forgets it, so it is read again (I9: what is stored decides which sequence is next).
/// </summary>
internal sealed class LogTable(Connection connection, AuthorTable authors, HeadsTable heads)
{
    private readonly Dictionary<(Uid Room, Uid Device, CommitKind Kind), DeviceLog> _byPlace = [];
    private readonly Dictionary<int, DeviceLog> _byNo = [];
    private readonly Dictionary<int, LogHead> _heads = [];

    public DeviceLog? Find(Uid room, Uid device, CommitKind kind)
    {
        if (_byPlace.TryGetValue((room, device, kind), out DeviceLog? log))
        {
            return log;
        }

        using Statement statement = connection.Prepare(
            "SELECT no, room, device, kind, author FROM \"$log\" WHERE room = ?1 AND device = ?2 AND kind = ?3");
        statement.Bind(1, room);
        statement.Bind(2, device);
        statement.Bind(3, (long)kind);
        return statement.Step() ? Keep(Read(statement)) : null;
    }

    public DeviceLog Get(int no)
    {
        if (_byNo.TryGetValue(no, out DeviceLog? log))
        {
            return log;
        }

        using Statement statement = connection.Prepare("SELECT no, room, device, kind, author FROM \"$log\" WHERE no = ?1");
        statement.Bind(1, no);
        return statement.Step()
            ? Keep(Read(statement))
            : throw new DiscreetException(ErrorCode.DatabaseCorrupt, $"The database names log number {no}, which it does not hold.");
    }

    /// <summary>Every log, by number.</summary>
    public IReadOnlyList<DeviceLog> All()
    {
        List<DeviceLog> logs = [];
        using Statement statement = connection.Prepare("SELECT no, room, device, kind, author FROM \"$log\" ORDER BY no");
        while (statement.Step())
        {
            logs.Add(Read(statement));
        }

        return logs;
    }

    /// <summary>The logs of one kind in a room, by number.</summary>
    public IReadOnlyList<DeviceLog> OfRoom(Uid room, CommitKind kind)
    {
        List<DeviceLog> logs = [];
        using Statement statement = connection.Prepare(
            "SELECT no, room, device, kind, author FROM \"$log\" WHERE room = ?1 AND kind = ?2 ORDER BY no");
        statement.Bind(1, room);
        statement.Bind(2, (long)kind);
        while (statement.Step())
        {
            logs.Add(Read(statement));
        }

        return logs;
    }

    /// <summary>Every room that has a log of the kind, ascending.</summary>
    public IReadOnlyList<Uid> Rooms(CommitKind kind)
    {
        List<Uid> rooms = [];
        using Statement statement = connection.Prepare("SELECT DISTINCT room FROM \"$log\" WHERE kind = ?1 ORDER BY room");
        statement.Bind(1, (long)kind);
        while (statement.Step())
        {
            rooms.Add(statement.GetUid(0));
        }

        return rooms;
    }

    /// <summary>The log of this place, begun now if there is none.</summary>
    /// <param name="transaction">The writer's transaction.</param>
    /// <param name="room">The room; zero for local rows.</param>
    /// <param name="kind">Which log.</param>
    /// <param name="author">Whose.</param>
    /// <param name="nowMs">Date a new one is remembered by: only so many of a user may begin in a day.</param>
    public DeviceLog Open(WriteTransaction transaction, Uid room, CommitKind kind, Author author, long nowMs)
    {
        if (Find(room, author.Certificate.Device, kind) is { } known)
        {
            return known;
        }

        using Statement statement = connection.Prepare("INSERT INTO \"$log\" (room, device, kind, author, since) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING no");
        statement.Bind(1, room);
        statement.Bind(2, author.Certificate.Device);
        statement.Bind(3, (long)kind);
        statement.Bind(4, author.DeviceNo);
        statement.Bind(5, nowMs);
        statement.Step();
        DeviceLog log = Keep(new DeviceLog((int)statement.GetInt64(0), room, author.Certificate.Device, kind, author));
        transaction.OnRollback(() => Forget(log));
        return log;
    }

    /// <summary>How many data logs of a user in a room began at or after a date; since ever with 0.</summary>
    public long CountOf(Uid room, int user, long sinceMs)
    {
        using Statement statement = connection.Prepare(
            "SELECT count(*) FROM \"$log\" l JOIN \"$device\" d ON d.no = l.author WHERE l.room = ?1 AND l.kind = ?2 AND d.user = ?3 AND l.since >= ?4");
        statement.Bind(1, room);
        statement.Bind(2, (long)CommitKind.Data);
        statement.Bind(3, user);
        statement.Bind(4, sinceMs);
        statement.Step();
        return statement.GetInt64(0);
    }

    public LogHead HeadOf(DeviceLog log)
    {
        if (!_heads.TryGetValue(log.No, out LogHead? head))
        {
            head = ReadHead(log);
            _heads.Add(log.No, head);
        }

        return head;
    }

    public void SetHead(WriteTransaction transaction, DeviceLog log, LogHead head)
    {
        _heads[log.No] = head;
        transaction.OnRollback(() => _heads.Remove(log.No));
    }

    /// <summary>The end of a log is not where it was: it is read again.</summary>
    public void ForgetHead(WriteTransaction transaction, DeviceLog log)
    {
        _heads.Remove(log.No);
        transaction.OnRollback(() => _heads.Remove(log.No));
    }

    /// <summary>The greatest clock of any commit stored.</summary>
    public Hlc LastHlc()
    {
        Hlc last = Hlc.Zero;
        foreach (DeviceLog log in All())
        {
            Hlc hlc = HeadOf(log).Hlc;
            last = hlc > last ? hlc : last;
        }

        return last;
    }

    private LogHead ReadHead(DeviceLog log)
    {
        LogHead empty = LogHead.Empty(log);
        using Statement statement = connection.Prepare(
            "SELECT no, id, hlc, heads FROM \"$commit\" WHERE no BETWEEN ?1 AND ?2 ORDER BY no DESC LIMIT 1");
        statement.Bind(1, log.NumberOf(1).Value);
        statement.Bind(2, log.NumberOf(CommitNumber.MaxSequence).Value);
        return !statement.Step()
            ? empty
            : empty with
            {
                Sequence = new CommitNumber(statement.GetInt64(0)).Sequence,
                Id = new Hash256(statement.GetBlob(1)),
                Hlc = new Hlc((ulong)statement.GetInt64(2)),
                Heads = heads.Get((int)statement.GetInt64(3)),
            };
    }

    private DeviceLog Read(Statement statement) => new(
        (int)statement.GetInt64(0),
        statement.GetUid(1),
        statement.GetUid(2),
        (CommitKind)statement.GetInt64(3),
        authors.Get((int)statement.GetInt64(4)));

    private DeviceLog Keep(DeviceLog log)
    {
        _byPlace[(log.Room, log.Device, log.Kind)] = log;
        _byNo[log.No] = log;
        return log;
    }

    private void Forget(DeviceLog log)
    {
        _byPlace.Remove((log.Room, log.Device, log.Kind));
        _byNo.Remove(log.No);
        _heads.Remove(log.No);
    }
}
