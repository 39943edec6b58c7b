using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>
/// Commits dated further ahead than clocks may differ: they wait in memory, a few of each device, and are forgotten with the
/// process (log.md §3, Time). Nothing about wall time is stored.
/// </summary>
internal sealed class EarlyCommits
{
    private readonly List<(Hlc Hlc, IncomingCommit Commit)> _waiting = [];

    public int Count => _waiting.Count;

    /// <summary>Lets a commit wait, if there is room.</summary>
    public void Add(Hlc hlc, IncomingCommit commit)
    {
        int ofDevice = 0;
        foreach ((_, IncomingCommit other) in _waiting)
        {
            if (other.Device == commit.Device)
            {
                ofDevice++;
                if (other.Room == commit.Room && other.Kind == commit.Kind && other.Sequence == commit.Sequence)
                {
                    return;
                }
            }
        }

        if (ofDevice < Limits.EarlyCommitCount && _waiting.Count < Limits.EarlyCommitTotalCount)
        {
            _waiting.Add((hlc, commit));
        }
    }

    /// <summary>Takes out those whose time has come, oldest first.</summary>
    public IReadOnlyList<IncomingCommit> TakeUntil(long milliseconds)
    {
        if (_waiting.Count == 0)
        {
            return [];
        }

        List<IncomingCommit> due = [.. _waiting.Where(early => early.Hlc.Milliseconds <= milliseconds).OrderBy(early => early.Hlc).Select(early => early.Commit)];
        _waiting.RemoveAll(early => early.Hlc.Milliseconds <= milliseconds);
        return due;
    }
}
