using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>The branch of a data log that is stored, with or without a commit that is about to be appended.</summary>
internal sealed class StoredBranch(LogStore store, DeviceLog log, (long Sequence, Hash256 Commit)? next = null) : IDataBranch
{
    public bool Holds(long sequence, Hash256 commit) => sequence == 0
        ? commit.IsZero
        : (sequence, commit) == next || sequence <= store.Logs.HeadOf(log).Sequence && store.Commits.StampOf(log.NumberOf(sequence)).Id == commit;
}
