using DiscreetDb.Rooms;

namespace DiscreetDb.Log;

/// <summary>Reads the rights commits of a room from all its rights logs.</summary>
internal sealed class RightsLogReader(LogStore store)
{
    private const int ChunkCount = 256;

    /// <summary>
    /// Every rights commit of the room, by clock: whatever a commit names as its heads comes before it. Empty if the room
    /// has none.
    /// </summary>
    /// <exception cref="DiscreetException">DatabaseCorrupt: one cannot be read.</exception>
    public IReadOnlyList<RightsCommit> Read(Uid room)
    {
        List<RightsCommit> commits = [];
        foreach (DeviceLog log in store.Logs.OfRoom(room, CommitKind.Rights))
        {
            Read(log, commits);
        }

        commits.Sort((left, right) => left.Hlc != right.Hlc ? left.Hlc.CompareTo(right.Hlc) : left.Id.CompareTo(right.Id));
        return commits;
    }

    /// <summary>The rights of the room; null if it has no rights commit.</summary>
    /// <param name="room">The room.</param>
    /// <param name="leftOutCount">How many of its commits are not well-formed beside the others; none that was taken in properly.</param>
    /// <exception cref="DiscreetException">DatabaseCorrupt: one cannot be read.</exception>
    public RoomRights? Load(Uid room, out int leftOutCount)
    {
        IReadOnlyList<RightsCommit> commits = Read(room);
        RoomRights rights = new();
        foreach (RightsCommit commit in commits)
        {
            rights.TryTake(commit);
        }

        leftOutCount = commits.Count - rights.CommitCount;
        return commits.Count == 0 ? null : rights;
    }

    private void Read(DeviceLog log, List<RightsCommit> commits)
    {
        for (long next = 1; ; next += ChunkCount)
        {
            IReadOnlyList<StoredCommit> chunk = store.Commits.Read(log, next, ChunkCount);
            foreach (StoredCommit stored in chunk)
            {
                commits.Add(Read(log, stored));
            }

            if (chunk.Count < ChunkCount)
            {
                return;
            }
        }
    }

    private RightsCommit Read(DeviceLog log, StoredCommit stored)
    {
        CommitPosition position = new(log.Room, log.Device, log.Kind, stored.Number.Sequence, stored.Hlc);
        return RightsBody.TryRead(stored.Body, position, stored.Id, log.Author.User, store.Heads.Get(stored.HeadsNo).Span, out RightsCommit? commit)
            ? commit
            : throw new DiscreetException(
                ErrorCode.DatabaseCorrupt, $"Rights commit {stored.Number.Sequence} of log {stored.Number.Log} is damaged. Verify the database, then repair it.");
    }
}
