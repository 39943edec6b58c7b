using System.Collections.Immutable;
using DiscreetDb.Core;
using DiscreetDb.Rooms;
using static DiscreetDb.Rooms.RightsOperation;

namespace DiscreetDb.RightsTests.Histories;

/// <summary>Takes away from a history what a difference does not need: viewpoints, commits, operations, parents, lists.</summary>
internal static class HistoryShrinker
{
    public static History Shrink(History history, Predicate<History> stillDiffers)
    {
        while (Smaller(history).FirstOrDefault(h => stillDiffers(h)) is { } smaller)
        {
            history = smaller;
        }

        return history;
    }

    // Every candidate is strictly smaller, so shrinking ends.
    private static IEnumerable<History> Smaller(History history)
    {
        if (history.Viewpoints.Length > 1)
        {
            foreach (Viewpoint one in history.Viewpoints)
            {
                yield return history with { Viewpoints = [one] };
            }
        }

        for (int i = history.Commits.Length - 1; i > 0; i--)
        {
            yield return Without(history, history.Commits[i]);
        }

        for (int i = history.Commits.Length - 1; i >= 0; i--)
        {
            foreach (RightsCommit smaller in Smaller(history.Commits[i]))
            {
                yield return history with { Commits = history.Commits.SetItem(i, smaller) };
            }
        }

        foreach (DataCommit commit in history.Data.Reverse().Where(c => !history.Data.Any(next => next.Previous == c.Id)))
        {
            yield return history with { Data = history.Data.Remove(commit) };
        }

        for (int i = 0; i < history.Viewpoints.Length; i++)
        {
            foreach (Viewpoint smaller in Smaller(history.Viewpoints[i]))
            {
                yield return history with { Viewpoints = history.Viewpoints.SetItem(i, smaller) };
            }
        }
    }

    // The children of the commit become those of its parents.
    private static History Without(History history, RightsCommit removed)
    {
        ImmutableArray<Hash256> Heads(ImmutableArray<Hash256> heads) =>
            heads.Contains(removed.Id) ? [.. heads.SelectMany(h => h == removed.Id ? removed.Parents : [h]).Distinct()] : heads;

        return history with
        {
            Commits = [.. history.Commits.Where(c => c != removed).Select(c => c with { Parents = Heads(c.Parents) })],
            Viewpoints = [.. history.Viewpoints.Select(v => v switch
            {
                Viewpoint.Known known => known with { Heads = Heads(known.Heads) },
                Viewpoint.Judged judged => judged with { Heads = Heads(judged.Heads) },
                _ => v,
            })],
        };
    }

    private static IEnumerable<RightsCommit> Smaller(RightsCommit commit)
    {
        for (int i = 0; i < commit.Operations.Length; i++)
        {
            // An empty commit is a merge, another thing: the last operation stays.
            if (commit.Operations[i] is not Genesis && commit.Operations.Length > 1)
            {
                yield return commit with { Operations = commit.Operations.RemoveAt(i) };
            }

            foreach (RightsOperation smaller in Smaller(commit.Operations[i]))
            {
                yield return commit with { Operations = commit.Operations.SetItem(i, smaller) };
            }
        }

        for (int i = 0; i < commit.Parents.Length && commit.Parents.Length > 1; i++)
        {
            yield return commit with { Parents = commit.Parents.RemoveAt(i) };
        }
    }

    private static IEnumerable<RightsOperation> Smaller(RightsOperation operation) => operation switch
    {
        SetUser set => Without(set.CutOffs).Select(c => set with { CutOffs = c }),
        SetRight set => Without(set.CutOffs).Select(c => set with { CutOffs = c }),
        AdmitCommits admit =>
        [
            .. Without(admit.Data).Select(d => admit with { Data = d }),
            .. Without(admit.Rights).Select(r => admit with { Rights = r }),
        ],
        _ => [],
    };

    private static IEnumerable<Viewpoint> Smaller(Viewpoint viewpoint) => viewpoint switch
    {
        Viewpoint.Known known => Without(known.Heads).Select(h => known with { Heads = h }),
        Viewpoint.Judged judged => Without(judged.Heads).Select(h => judged with { Heads = h }),
        _ => [],
    };

    private static IEnumerable<ImmutableArray<T>> Without<T>(ImmutableArray<T> items) => Enumerable.Range(0, items.Length).Select(items.RemoveAt);
}
