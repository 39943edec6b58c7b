using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// Takes rights commits into the graph, parents first, and cuts it into chains (log.md §4.3 (1)). Left out are commits that
/// miss an ancestor, strangers' commits, and what rests on either. Each edge is looked at once.
/// </summary>
internal sealed class RightsOrder
{
    private readonly List<RightsNode> _nodes = [];
    private readonly Dictionary<Hash256, RightsNode> _byId;
    private readonly Dictionary<Hash256, List<RightsCommit>> _children = [];
    private readonly Dictionary<Hash256, int> _missing = [];
    private readonly List<int> _chainLengths = [];

    /// <summary>Per user, the commits with a grant to them, of whatever kind and whether it counts or not.</summary>
    private readonly Dictionary<VerifyingKey, List<RightsNode>> _grants = [];

    private RightsOrder(Dictionary<Hash256, RightsNode> byId)
    {
        _byId = byId;
    }

    public static List<RightsNode> Sort(IReadOnlyCollection<RightsCommit> commits, Dictionary<Hash256, RightsNode> byId)
    {
        RightsOrder order = new(byId);
        foreach (RightsCommit commit in commits)
        {
            order.Await(commit);
        }

        if (commits.FirstOrDefault(IsGenesis) is { } genesis)
        {
            order.TakeFrom(genesis);
        }

        return order._nodes;
    }

    private void Await(RightsCommit commit)
    {
        if (!_missing.TryAdd(commit.Id, commit.Parents.Length))
        {
            return;
        }

        foreach (Hash256 parent in commit.Parents)
        {
            (_children.TryGetValue(parent, out List<RightsCommit>? list) ? list : _children[parent] = []).Add(commit);
        }
    }

    /// <summary>The room id names its genesis, so the caller never holds two.</summary>
    private static bool IsGenesis(RightsCommit commit) =>
        commit.Parents.IsEmpty && commit.Operations is [RightsOperation.Genesis genesis, ..] && genesis.Creator == commit.Author;

    private void TakeFrom(RightsCommit genesis)
    {
        Queue<RightsCommit> ready = new([genesis]);
        while (ready.TryDequeue(out RightsCommit? commit))
        {
            if (!TryTake(commit))
            {
                continue;
            }

            foreach (RightsCommit child in _children.GetValueOrDefault(commit.Id, []))
            {
                if (--_missing[child.Id] == 0)
                {
                    ready.Enqueue(child);
                }
            }
        }
    }

    private bool TryTake(RightsCommit commit)
    {
        RightsNode[] parents = [.. commit.Parents.Select(id => _byId[id])];
        int[] known = parents.Aggregate(Array.Empty<int>(), (clock, parent) => RightsClock.Max(clock, parent.Clock));
        if (parents.Length > 0 && !IsGranted(commit.Author, known))
        {
            return false;
        }

        int chain = ChainBehind(parents);
        int position = ++_chainLengths[chain];
        int[] own = new int[Math.Max(known.Length, chain + 1)];
        known.CopyTo(own, 0);
        own[chain] = position;
        RightsNode node = new(commit, _nodes.Count, parents.Select(parent => parent.Height + 1).DefaultIfEmpty(0).Max(), chain, position, own);
        _nodes.Add(node);
        _byId.Add(commit.Id, node);
        TakeGrants(node);
        return true;
    }

    private bool IsGranted(VerifyingKey user, int[] known) =>
        _grants.GetValueOrDefault(user, []).Exists(grant => RightsClock.Contains(known, grant));

    /// <summary>The chain that ends at one of the parents, or a new one.</summary>
    private int ChainBehind(RightsNode[] parents)
    {
        foreach (RightsNode parent in parents)
        {
            if (_chainLengths[parent.Chain] == parent.Position)
            {
                return parent.Chain;
            }
        }

        _chainLengths.Add(0);
        return _chainLengths.Count - 1;
    }

    private void TakeGrants(RightsNode node)
    {
        if (node.Commit.Parents.IsEmpty)
        {
            AddGrant(node.Commit.Author, node);
        }

        foreach (RightsOperation operation in node.Commit.Operations)
        {
            if (operation is RightsOperation.SetUser { IsEnabled: true } set)
            {
                AddGrant(set.User, node);
            }
        }
    }

    private void AddGrant(VerifyingKey user, RightsNode node) =>
        (_grants.TryGetValue(user, out List<RightsNode>? list) ? list : _grants[user] = []).Add(node);
}
