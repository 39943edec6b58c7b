using DiscreetDb.Core;
using DiscreetDb.RightsTests.Histories;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Comparing;

/// <summary>A device's data log as the engine's rule makes it from what is known of the device: one branch for each last commit.</summary>
internal sealed class EngineDataLog
{
    private readonly Chain _branch;
    private readonly long _end;

    public EngineDataLog(RightsLedger ledger, HistoryUser user, Uid device, IReadOnlyList<DataCommit> commits)
    {
        Dictionary<Hash256, DataCommit> byId = commits.ToDictionary(commit => commit.Id);
        Chain[] branches = [.. commits.Where(commit => !commits.Any(next => next.Previous == commit.Id)).Select(last => Chain.To(last, byId))];
        LogFork[] forks = [.. commits.GroupBy(c => c.Previous).Where(g => g.Count() > 1).Select(g => new LogFork(g.First().Sequence, g.Key))];
        LogPosition pinned = DataLogRule.Pinned(ledger, device, user.Key, branches);
        _branch = Array.Find(branches, branch => branch.Holds(pinned.Sequence, pinned.Commit)) ?? new Chain([]);
        Reach = DeviceReach.Of(ledger, device, user.Key, _branch, forks);
        _end = Math.Min(_branch.Length, Reach.End);
        End = new LogPosition(device, _end, _branch.At(_end));
    }

    public LogPosition End { get; }

    public DeviceReach Reach { get; }

    public bool IsInLog(DataCommit commit) => commit.Sequence <= _end && _branch.Holds(commit.Sequence, commit.Id);

    private sealed class Chain(List<Hash256> ids) : IDataBranch
    {
        public long Length => ids.Count;

        public static Chain To(DataCommit last, Dictionary<Hash256, DataCommit> byId)
        {
            List<Hash256> ids = [last.Id];
            while (byId.TryGetValue(last.Previous, out DataCommit? previous))
            {
                ids.Insert(0, previous.Id);
                last = previous;
            }

            return new Chain(ids);
        }

        public Hash256 At(long sequence) => sequence == 0 ? default : ids[(int)sequence - 1];

        public bool Holds(long sequence, Hash256 commit) => sequence >= 0 && sequence <= Length && At(sequence) == commit;
    }
}
