using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// Takes rights commits into the graph, parents first, and cuts it into chains (log.md §4.3 (1)). Left out are commits that
/// miss an ancestor, strangers' commits, and what rests on either. Each edge is looked at once.
/// </summary>
internal sealed class RightsOrder
{
    private readonly List<RightsNode> _nodes = [];
    private readonly Dictionary<Hash256, RightsNode> _byId = [];
    private readonly List<int> _chainLengths = [];

    /// <summary>Per user, the commits with a grant to them, of whatever kind and whether it counts or not.</summary>
    private readonly Dictionary<VerifyingKey, List<RightsNode>> _grants = [];

    /// <summary>Per authorisation, the commits that add it, whether they count or not.</summary>
    private readonly Dictionary<Uid, List<RightsNode>> _authorisations = [];

    /// <summary>Every commit taken, in topological order; genesis first.</summary>
    public IReadOnlyList<RightsNode> Nodes => _nodes;

    /// <summary>Takes whatever can be taken, whatever order it comes in.</summary>
    public static RightsOrder Sort(IReadOnlyCollection<RightsCommit> commits)
    {
        RightsOrder order = new();
        Dictionary<Hash256, int> missing = [];
        Dictionary<Hash256, List<RightsCommit>> children = [];
        foreach (RightsCommit commit in commits)
        {
            if (missing.TryAdd(commit.Id, commit.Parents.Length))
            {
                foreach (Hash256 parent in commit.Parents)
                {
                    (children.TryGetValue(parent, out List<RightsCommit>? list) ? list : children[parent] = []).Add(commit);
                }
            }
        }

        // The room id names its genesis, so the caller never holds two.
        Queue<RightsCommit> ready = new(commits.Where(IsGenesis).Take(1));
        while (ready.TryDequeue(out RightsCommit? commit))
        {
            if (!order.TryTake(commit))
            {
                continue;
            }

            foreach (RightsCommit child in children.GetValueOrDefault(commit.Id, []))
            {
                if (--missing[child.Id] == 0)
                {
                    ready.Enqueue(child);
                }
            }
        }

        return order;
    }

    public bool TryFind(Hash256 id, [NotNullWhen(true)] out RightsNode? node) => _byId.TryGetValue(id, out node);

    /// <summary>Takes a commit behind those taken before; false if it is not well-formed beside them, or here already.</summary>
    public bool TryTake(RightsCommit commit)
    {
        if (!IsWellFormed(commit, out RightsNode[] parents, out int[] known))
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

    /// <summary>Whether any commit, counting or not, grants something to the user.</summary>
    public bool IsGranted(VerifyingKey user) => _grants.ContainsKey(user);

    private static bool IsGenesis(RightsCommit commit) =>
        commit.Parents.IsEmpty && commit.Operations is [RightsOperation.Genesis genesis, ..] && genesis.Creator == commit.Author;

    /// <summary>Whether <see cref="TryTake" /> would take it.</summary>
    public bool CanTake(RightsCommit commit) => IsWellFormed(commit, out _, out _);

    /// <summary>
    /// Whether every authorisation a commit speaks of was added by it or an ancestor: nobody invents the id of one, so that
    /// what is given in it can be seen where it belongs.
    /// </summary>
    public bool AddsWhatItNames(RightsCommit commit)
    {
        int[] known = TryFindParents(commit, out RightsNode[] parents) ? ClockOf(parents) : [];
        foreach (RightsOperation operation in commit.Operations)
        {
            if (AuthorisationOf(operation) is { } authorisation
                && !_authorisations.GetValueOrDefault(authorisation, []).Exists(node => RightsClock.Contains(known, node))
                && !commit.Operations.Any(other => other is RightsOperation.AddAuthorisation added && added.Authorisation == authorisation))
            {
                return false;
            }
        }

        return true;
    }

    private static Uid? AuthorisationOf(RightsOperation operation) => operation switch
    {
        RightsOperation.SetUser { List: not UserList.Admin } set => set.Authorisation,
        RightsOperation.SetRight set => set.Authorisation,
        RightsOperation.NameAuthorisation named => named.Authorisation,
        _ => null,
    };

    private static int[] ClockOf(RightsNode[] parents) =>
        parents.Aggregate(Array.Empty<int>(), (clock, parent) => RightsClock.Max(clock, parent.Clock));

    private bool IsWellFormed(RightsCommit commit, out RightsNode[] parents, out int[] known)
    {
        known = [];
        if (_byId.ContainsKey(commit.Id) || !TryFindParents(commit, out parents))
        {
            parents = [];
            return false;
        }

        known = ClockOf(parents);
        return parents.Length == 0 ? _nodes.Count == 0 && IsGenesis(commit) : IsGranted(commit.Author, known);
    }

    private bool TryFindParents(RightsCommit commit, out RightsNode[] parents)
    {
        parents = new RightsNode[commit.Parents.Length];
        for (int i = 0; i < parents.Length; i++)
        {
            if (!_byId.TryGetValue(commit.Parents[i], out RightsNode? parent))
            {
                return false;
            }

            parents[i] = parent;
        }

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
            else if (operation is RightsOperation.AddAuthorisation added)
            {
                (_authorisations.TryGetValue(added.Authorisation, out List<RightsNode>? list) ? list : _authorisations[added.Authorisation] = []).Add(node);
            }
        }
    }

    private void AddGrant(VerifyingKey user, RightsNode node) =>
        (_grants.TryGetValue(user, out List<RightsNode>? list) ? list : _grants[user] = []).Add(node);
}
