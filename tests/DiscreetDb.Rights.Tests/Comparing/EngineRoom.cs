using DiscreetDb.Core;
using DiscreetDb.RightsTests.Histories;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>The rights as the engine resolves them, from the commits in the order of their arrival.</summary>
internal sealed class EngineRoom(IReadOnlyCollection<RightsCommit> commits, IReadOnlyCollection<DataCommit> data) : IRoom
{
    private readonly RightsGraph _graph = RightsGraph.Build(commits);
    private readonly Dictionary<Uid, EngineDataLog> _logs = [];

    public IEnumerable<Hash256> Heads => _graph.Heads;

    public LogPosition EndOf(HistoryUser user, Uid device) => LogOf(user, device).End;

    public bool IsInLog(DataCommit commit) => LogOf(commit.User, commit.Device).IsInLog(commit);

    public IRoomView? View(Viewpoint viewpoint) => viewpoint switch
    {
        Viewpoint.Everything => new EngineView(_graph.Current),
        Viewpoint.Known known => _graph.TryView(known.Heads.AsSpan(), out RightsView? view) ? new EngineView(view) : null,
        Viewpoint.Judged judged => Judge(judged.Heads.AsSpan(), judged.Commit),
        _ => throw new InvalidOperationException($"{viewpoint}"),
    };

    private EngineView? Judge(ReadOnlySpan<Hash256> heads, DataCommit commit)
    {
        DeviceReach reach = LogOf(commit.User, commit.Device).Reach;
        return _graph.TryJudgingView(heads, reach.ClockAt(commit.Sequence), out RightsView? view)
            ? new EngineView(view)
            : null;
    }

    private EngineDataLog LogOf(HistoryUser user, Uid device)
    {
        if (!_logs.TryGetValue(device, out EngineDataLog? log))
        {
            _logs.Add(device, log = new EngineDataLog(_graph.Ledger, user, device, [.. data.Where(commit => commit.Device == device)]));
        }

        return log;
    }

    private sealed class EngineView(RightsView view) : IRoomView
    {
        private readonly Rights _rights = new(view);

        public bool IsAdmin(VerifyingKey user) => view.IsAdmin(user);

        public bool IsMember(VerifyingKey user) => view.IsMember(user);

        public bool IsUser(Uid authorisation, VerifyingKey user) => view.IsUser(authorisation, user);

        public bool IsUserAdmin(Uid authorisation, VerifyingKey user) => view.IsUserAdmin(authorisation, user);

        public EntityRights RightsOf(VerifyingKey user, string entity) => view.RightsOf(user, entity);

        public EntityRights RightsOf(Uid authorisation, string entity) => view.RightsOf(authorisation, entity);

        public string NameOf(Uid authorisation) => view.NameOf(authorisation);

        public bool Can(VerifyingKey user, RightsAction action, string entity, VerifyingKey creator) =>
            _rights.Can(user, action, entity, creator);
    }
}
