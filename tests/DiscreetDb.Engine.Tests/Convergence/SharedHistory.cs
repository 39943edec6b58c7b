using DiscreetDb.Core;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;
using DiscreetDb.TestKit;
using static DiscreetDb.Rooms.RightsOperation;

namespace DiscreetDb.EngineTests.Convergence;

/// <summary>
/// Commits of a room as several users' devices might sign them: honest ones, and ones that pretend not to know, date back, act
/// without a right, or sign one sequence twice. Rights and data, removals with cut-offs, admissions and revocations.
/// </summary>
internal sealed class SharedHistory
{
    private const int MaxUserCount = 4;
    private const long Start = 1_767_225_600_000;

    private static readonly DataModel Model = DataModelBuilder.Build(LogPeer.Model, 1);
    private static readonly Entity[] Entities = [.. Model.Entities.Where(entity => !entity.IsSystem)];

    private readonly SeededRandom _random;
    private readonly List<HandDevice> _devices = [];
    private readonly List<KnownRights> _rights = [];
    private readonly List<LogPosition> _positions = [];
    private readonly List<Uid> _rows = [];
    private readonly List<SentCommit> _sent = [];
    private readonly List<Uid> _authorisations = [];
    private readonly int _cheats;
    private readonly int _forks;
    private long _now = Start;

    private SharedHistory(int seed)
    {
        _random = new SeededRandom(seed);
        _cheats = _random.Pick([0, 10, 40]);
        _forks = _random.Pick([0, 0, 3, 12]);
    }

    public Uid Room { get; private set; }

    public IReadOnlyList<SentCommit> Commits => _sent;

    /// <summary>Milliseconds that no commit is dated after.</summary>
    public long EndMs => _now;

    public static SharedHistory Generate(int seed)
    {
        SharedHistory history = new(seed);
        history.Found();
        for (int count = history._random.Between(5, 40); count > 0; count--)
        {
            history.Append();
        }

        return history;
    }

    private void Found()
    {
        int users = _random.Between(2, MaxUserCount);
        for (int user = 0; user < users; user++)
        {
            for (int device = _random.Between(1, 2); device > 0; device--)
            {
                _devices.Add(HandDevice.Of(user, device));
            }
        }

        HandDevice founder = _devices[0];
        Uid standIn = RightsDraft.StandInOf(1);
        List<RightsOperation> operations = [new Genesis(founder.User, _random.Bytes(16)), new AddAuthorisation(standIn, "crew"), Right(standIn)];
        foreach (VerifyingKey user in _devices.Select(device => device.User).Distinct().Skip(1).Where(_ => _random.Chance(80)))
        {
            operations.Add(new SetUser(_random.Chance(25) ? UserList.Admin : UserList.User, default, user, IsEnabled: true, []));
        }

        operations = operations.ConvertAll(operation => operation is SetUser { List: UserList.User } set ? set with { Authorisation = standIn } : operation);
        CommitBody body = RightsBody.Build([.. operations], [.. operations.Select((_, i) => RightsDraft.StandInOf(i))]);
        Hlc hlc = Hlc.FromMilliseconds(++_now);
        Room = RoomId.Of(LogHead.Empty(Uid.Zero, CommitKind.Rights, founder.Certificate).Next(hlc, default, body).ComputeId());
        _devices.ForEach(device => device.Enter(Room));
        (SentCommit sent, LogHead head) = founder.Sign(founder.Rights, hlc, [], body);
        _authorisations.Add(RightsBody.EntriesOf(new CommitPosition(Room, founder.Device, CommitKind.Rights, 1, hlc), operations.Count)[1]);
        AddRights(founder, sent, head, []);
    }

    private void Append()
    {
        _now += _random.Between(0, 3);
        HandDevice device = _random.Pick(_devices);
        Hear(device);
        if (_random.Chance(30))
        {
            AppendRights(device);
        }
        else
        {
            AppendData(device);
        }
    }

    // What a device knows is closed: who tells of a commit tells of its ancestors.
    private void Hear(HandDevice device)
    {
        device.Known.Add(_rights[0].Id);
        if (_random.Chance(60))
        {
            device.Known.UnionWith(_rights.Select(rights => rights.Id));
        }
        else if (_random.Chance(50))
        {
            KnownRights heard = _random.Pick(_rights);
            device.Known.UnionWith(heard.Ancestors);
            device.Known.Add(heard.Id);
        }
    }

    private KnownRights[] HeadsOf(HandDevice device, LogHead log)
    {
        HashSet<Hash256> known = device.Known;
        if (_random.Chance(_cheats))
        {
            // Old parents on purpose; of the own log they may not be older than before, but nobody checks that.
            KnownRights old = _random.Pick(_rights);
            known = [.. old.Ancestors, old.Id];
        }

        _ = log;
        return [.. _rights.Where(r => known.Contains(r.Id) && !_rights.Exists(other => known.Contains(other.Id) && other.Ancestors.Contains(r.Id)))
            .OrderBy(r => r.Id).Take(Limits.RightsHeadCount)];
    }

    private Hlc After(LogHead log, IEnumerable<KnownRights> heads)
    {
        Hlc least = heads.Select(head => head.Hlc).Append(log.Hlc).Max();
        return _random.Chance(_cheats) || least.Milliseconds >= _now ? new Hlc(least.Value + 1) : Hlc.FromMilliseconds(_now);
    }

    private void AppendRights(HandDevice device)
    {
        KnownRights[] heads = HeadsOf(device, device.Rights);
        Hlc hlc = After(device.Rights, heads);
        RightsOperation[] operations = [.. Enumerable.Range(0, _random.Pick([0, 1, 1, 1, 2])).Select(_ => AnyRights(device))];
        CommitBody body = RightsBody.Build(operations, new Uid[operations.Length]);
        (SentCommit sent, LogHead head) = device.Sign(device.Rights, hlc, [.. heads.Select(h => h.Id)], body);
        AddRights(device, sent, head, heads);
    }

    private void AddRights(HandDevice device, SentCommit sent, LogHead head, KnownRights[] heads)
    {
        device.Rights = head;
        _sent.Add(sent);
        _rights.Add(new KnownRights(head.Id, head.Hlc, [.. heads.Select(h => h.Id), .. heads.SelectMany(h => h.Ancestors)]));
        device.Known.Add(head.Id);
    }

    private RightsOperation AnyRights(HandDevice device)
    {
        VerifyingKey user = _random.Pick(_devices).User;
        Uid crew = _authorisations[0];
        return _random.Below(20) switch
        {
            < 3 => new SetUser(UserList.Admin, default, user, IsEnabled: true, []),
            < 5 => new SetUser(UserList.Admin, default, user, IsEnabled: false, CutOffs(user)),
            < 8 => new SetUser(UserList.User, crew, user, IsEnabled: true, []),
            < 12 => new SetUser(UserList.User, crew, user, IsEnabled: false, CutOffs(user)),
            12 => new SetUser(UserList.UserAdmin, crew, user, IsEnabled: _random.Chance(70), []),
            < 16 => Right(crew),
            < 19 => new AdmitCommits(
                Positions(_devices.Where(_ => _random.Chance(50))), [.. _random.Some(_rights, _random.Below(3)).Select(r => r.Id).Distinct().Order()]),
            _ => _positions.Exists(p => p.Device == device.Device)
                ? new RevokeDevice(_random.Pick([.. _positions.Where(p => p.Device == device.Device)]))
                : new NameAuthorisation(crew, "crew"),
        };
    }

    private SetRight Right(Uid authorisation)
    {
        bool all = _random.Chance(50);
        return new SetRight(
            authorisation, _random.Chance(70) ? "*" : _random.Pick(Entities).LogName, _random.Chance(75), all,
            Positions(_devices.Where(_ => _random.Chance(70))));
    }

    private System.Collections.Immutable.ImmutableArray<LogPosition> CutOffs(VerifyingKey user) =>
        Positions(_devices.Where(device => device.User == user && _random.Chance(85)));

    private System.Collections.Immutable.ImmutableArray<LogPosition> Positions(IEnumerable<HandDevice> devices) =>
        [.. devices.Where(device => _positions.Exists(p => p.Device == device.Device)).OrderBy(device => device.Device)
            .Select(device => _random.Chance(50)
                ? _positions.FindLast(p => p.Device == device.Device)
                : _random.Pick([.. _positions.Where(p => p.Device == device.Device)]))];

    private void AppendData(HandDevice device)
    {
        LogHead after = device.Data[^1];
        if (_random.Chance(_forks))
        {
            after = _random.Pick(device.Data);
        }

        KnownRights[] heads = HeadsOf(device, after);
        Hlc hlc = After(after, heads);
        using CommitBodyBuilder builder = new();
        AddAnything(builder, after, hlc);
        (SentCommit sent, LogHead head) = device.Sign(after, hlc, [.. heads.Select(h => h.Id)], builder.Build());
        if (!device.Data.Exists(known => known.Id == head.Id))
        {
            device.Data.Add(head);
            _positions.Add(new LogPosition(device.Device, head.Sequence, head.Id));
            _sent.Add(sent);
        }
    }

    private void AddAnything(CommitBodyBuilder builder, LogHead after, Hlc hlc)
    {
        int count = _random.Between(1, 3);
        while (builder.OperationCount < count)
        {
            Entity entity = _random.Chance(70) ? Entities[0] : _random.Pick(Entities);
            if (_rows.Count == 0 || _random.Chance(45))
            {
                Uid row = RowId.Derive(after.NextPosition(hlc), builder.OperationCount);
                _rows.Add(row);
                builder.TryInsert(entity, row, Values(entity, required: true));
                continue;
            }

            switch (_random.Below(10))
            {
                case < 6:
                    builder.TryUpdate(entity, _random.Pick(_rows), Values(entity, required: false));
                    break;
                case < 8 when entity.Fields.Any(field => field.Type == FieldType.Links):
                    Field links = _random.Pick([.. entity.Fields.Where(field => field.Type == FieldType.Links)]);
                    builder.TryLink(_random.Chance(65) ? OperationKind.Link : OperationKind.Unlink, entity, _random.Pick(_rows), links, _random.Pick(_rows));
                    break;
                default:
                    builder.TryDelete(entity, _random.Pick(_rows));
                    break;
            }
        }
    }

    private FieldAssignment[] Values(Entity entity, bool required)
    {
        Field[] fields = [.. entity.Fields.Where(field => field.Type is FieldType.String or FieldType.Integer)];
        return [.. fields.Where((field, i) => (required && field.IsRequired && _random.Chance(95)) || (!required && i == 0) || _random.Chance(40))
            .Select(field => new FieldAssignment(field, field.Type == FieldType.Integer ? Value.Integer(_random.Below(90)) : Value.Text($"text {_random.Below(90)}")))];
    }

    internal sealed record KnownRights(Hash256 Id, Hlc Hlc, HashSet<Hash256> Ancestors);
}
