using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>How a room's rights were resolved before commits were taken: from it follows what those changed.</summary>
internal sealed class RightsSnapshot
{
    private readonly Dictionary<Hash256, (bool[] Counting, (Hash256 Commit, int Operation)? Tenure)> _commits = [];

    private RightsSnapshot(RightsLedger ledger)
    {
        Ledger = ledger;
    }

    /// <summary>What counted then.</summary>
    public RightsLedger Ledger { get; }

    public static RightsSnapshot Of(RightsGraph graph)
    {
        RightsSnapshot snapshot = new(graph.Ledger);
        foreach (RightsNode node in graph.Nodes)
        {
            snapshot._commits.Add(node.Commit.Id, (node.Counting, TenureOf(node)));
        }

        return snapshot;
    }

    /// <summary>The commits known then of which something counts now and did not then, or the other way round, or under another tenure.</summary>
    public IReadOnlyList<RightsNode> ChangedIn(RightsGraph graph)
    {
        List<RightsNode> changed = [];
        foreach (RightsNode node in graph.Nodes)
        {
            if (_commits.TryGetValue(node.Commit.Id, out var before)
                && (TenureOf(node) != before.Tenure || !node.Counting.AsSpan().SequenceEqual(before.Counting)))
            {
                changed.Add(node);
            }
        }

        return changed;
    }

    private static (Hash256 Commit, int Operation)? TenureOf(RightsNode node) =>
        node.Tenure is { } tenure ? (tenure.Place.Node.Commit.Id, tenure.Place.Operation) : null;
}
