using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Takes the values of deleted rows out of the log; the commits that held them still verify (log.md §2, §3).</summary>
internal sealed class ValueEraser(ProjectionStore store)
{
    /// <summary>How long the values of a deleted row are kept: long enough for the deletion to be found void.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>Erases the values of up to <paramref name="maxCount" /> rows whose deletion is old enough; answers how many.</summary>
    public int EraseExpired(WriteTransaction transaction, DateTimeOffset now, int maxCount)
    {
        IReadOnlyList<Uid> rows = store.Tombstones.Expired(now.ToUnixTimeMilliseconds() - (long)KeptFor.TotalMilliseconds, maxCount);
        Erase(transaction, rows);
        return rows.Count;
    }

    /// <summary>Erases the values of deleted rows, each commit once for all of them.</summary>
    public void Erase(WriteTransaction transaction, IReadOnlyCollection<Uid> rows)
    {
        Dictionary<CommitNumber, HashSet<Uid>> byCommit = [];
        List<CommitNumber> commits = [];
        foreach (Uid row in rows)
        {
            if (!store.Tombstones.Contains(row))
            {
                continue;
            }

            commits.Clear();
            store.History.Read(row, commits);
            foreach (CommitNumber commit in commits)
            {
                if (!byCommit.TryGetValue(commit, out HashSet<Uid>? ofCommit))
                {
                    byCommit.Add(commit, ofCommit = []);
                }

                ofCommit.Add(row);
            }

            store.Tombstones.SetErased(row);
        }

        foreach ((CommitNumber commit, HashSet<Uid> ofCommit) in byCommit)
        {
            store.Log.Commits.Erase(transaction, commit, ofCommit);
        }
    }
}
