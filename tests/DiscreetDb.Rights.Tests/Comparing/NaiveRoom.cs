using DiscreetDb.Core;
using DiscreetDb.RightsTests.Histories;
using DiscreetDb.RightsTests.Naive;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>The rights as the page defines them.</summary>
internal sealed class NaiveRoom(IEnumerable<RightsCommit> commits) : IRoom
{
    private readonly NaiveRights _rights = new(commits);

    public IEnumerable<Hash256> Heads => _rights.Heads;

    public IRoomView? View(Viewpoint viewpoint) => viewpoint switch
    {
        Viewpoint.Everything => _rights.Current,
        Viewpoint.Known known => _rights.View(known.Heads),
        Viewpoint.Judged judged => _rights.JudgingView(judged.Heads, judged.Device, judged.User.Key, judged.Sequence),
        _ => throw new InvalidOperationException($"{viewpoint}"),
    };
}
