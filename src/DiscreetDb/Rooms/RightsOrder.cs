using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>Brings rights commits into topological order and cuts the graph into chains. Each edge is looked at once.</summary>
internal static class RightsOrder
{
    public static void Sort(IReadOnlyCollection<RightsCommit> commits, List<RightsNode> nodes, Dictionary<Hash256, RightsNode> byId)
    {
        Dictionary<Hash256, List<RightsCommit>> children = [];
        Dictionary<Hash256, int> missing = [];
        Queue<RightsCommit> ready = new();
        foreach (RightsCommit commit in commits)
        {
            if (!missing.TryAdd(commit.Id, commit.Parents.Length))
            {
                continue;
            }

            if (commit.Parents.IsEmpty)
            {
                ready.Enqueue(commit);
            }

            foreach (Hash256 parent in commit.Parents)
            {
                (children.TryGetValue(parent, out List<RightsCommit>? list) ? list : children[parent] = []).Add(commit);
            }
        }

        List<int> chainLengths = [];
        while (ready.TryDequeue(out RightsCommit? commit))
        {
            if (IsOutside(commit, nodes))
            {
                continue;
            }

            Add(commit, nodes, byId, chainLengths);
            foreach (RightsCommit child in children.GetValueOrDefault(commit.Id, []))
            {
                if (--missing[child.Id] == 0)
                {
                    ready.Enqueue(child);
                }
            }
        }
    }

    /// <summary>Only the room's own genesis has no parents; the room id names it, so the caller never holds a second.</summary>
    private static bool IsOutside(RightsCommit commit, List<RightsNode> nodes) =>
        commit.Parents.IsEmpty && (nodes.Count > 0 || commit.Operations is not [RightsOperation.Genesis, ..]);

    private static void Add(RightsCommit commit, List<RightsNode> nodes, Dictionary<Hash256, RightsNode> byId, List<int> chainLengths)
    {
        int height = 0;
        int chain = -1;
        int[] clock = [];
        foreach (Hash256 id in commit.Parents)
        {
            RightsNode parent = byId[id];
            height = Math.Max(height, parent.Height + 1);
            clock = RightsClock.Max(clock, parent.Clock);
            if (chain < 0 && chainLengths[parent.Chain] == parent.Position)
            {
                chain = parent.Chain;
            }
        }

        if (chain < 0)
        {
            chain = chainLengths.Count;
            chainLengths.Add(0);
        }

        int position = ++chainLengths[chain];
        int[] own = new int[Math.Max(clock.Length, chain + 1)];
        clock.CopyTo(own, 0);
        own[chain] = position;
        RightsNode node = new(commit, nodes.Count, height, chain, position, own);
        nodes.Add(node);
        byId.Add(commit.Id, node);
    }
}
