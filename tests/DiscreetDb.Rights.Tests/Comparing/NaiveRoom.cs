using DiscreetDb.Core;
using DiscreetDb.RightsTests.Histories;
using DiscreetDb.RightsTests.Naive;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>The rights as the page defines them.</summary>
internal sealed class NaiveRoom(IEnumerable<RightsCommit> commits, IReadOnlyList<DataCommit> data) : IRoom
{
    private readonly NaiveRights _rights = new(commits);
    private readonly Dictionary<Uid, NaiveDataLog> _logs = [];

    public IEnumerable<Hash256> Heads => _rights.Heads;

    public LogPosition EndOf(HistoryUser user, Uid device)
    {
        DataCommit? last = LogOf(user, device).Last;
        return new LogPosition(device, last?.Sequence ?? 0, last?.Id ?? default);
    }

    public bool IsInLog(DataCommit commit) => LogOf(commit.User, commit.Device).Contains(commit);

    public IRoomView? View(Viewpoint viewpoint) => viewpoint switch
    {
        Viewpoint.Everything => _rights.Current,
        Viewpoint.Known known => _rights.View(known.Heads),
        Viewpoint.Judged judged => _rights.JudgingView(judged.Heads, judged.Commit, LogOf(judged.Commit.User, judged.Commit.Device)),
        _ => throw new InvalidOperationException($"{viewpoint}"),
    };

    private NaiveDataLog LogOf(HistoryUser user, Uid device)
    {
        if (!_logs.TryGetValue(device, out NaiveDataLog? log))
        {
            _logs.Add(device, log = new NaiveDataLog(_rights, user, device, data));
        }

        return log;
    }
}
