using DiscreetDb.Core;
using DiscreetDb.RightsTests.Histories;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>The rights as the engine resolves them, from the commits in the order of their arrival.</summary>
internal sealed class EngineRoom(IReadOnlyCollection<RightsCommit> commits) : IRoom
{
    private readonly RightsGraph _graph = RightsGraph.Build(commits);

    public IEnumerable<Hash256> Heads => _graph.Heads;

    public IRoomView? View(Viewpoint viewpoint) => viewpoint switch
    {
        Viewpoint.Everything => new EngineView(_graph.Current),
        Viewpoint.Known known => _graph.TryView(known.Heads.AsSpan(), out RightsView? view) ? new EngineView(view) : null,
        Viewpoint.Judged judged =>
            _graph.TryJudgingView(judged.Heads.AsSpan(), judged.Device, judged.User.Key, judged.Sequence, out RightsView? view) ? new EngineView(view) : null,
        _ => throw new InvalidOperationException($"{viewpoint}"),
    };

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
