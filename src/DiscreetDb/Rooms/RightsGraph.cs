using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// The rights commits of one room as a graph, and their resolution (log.md §4.3): a pure function of the set of commits,
/// whatever order they came in.
/// </summary>
internal sealed class RightsGraph
{
    private readonly RightsOrder _order;

    /// <summary>Resolves what was taken so far; of graphs over one order only the newest holds.</summary>
    public RightsGraph(RightsOrder order)
    {
        _order = order;
        Nodes = order.Nodes;
        Ledger = RightsResolution.Resolve(Nodes);
        Current = new RightsView(this, MaximalClock());
        Heads = FindHeads();
    }

    /// <summary>Every well-formed commit whose ancestors are all here, in topological order; genesis first.</summary>
    public IReadOnlyList<RightsNode> Nodes { get; }

    /// <summary>Every operation that counts, by what it speaks about.</summary>
    internal RightsLedger Ledger { get; }

    /// <summary>The view that knows everything.</summary>
    public RightsView Current { get; }

    /// <summary>The maximal counting commits: what the next commit names as its rights heads.</summary>
    public ImmutableArray<Hash256> Heads { get; }

    /// <summary>Builds and resolves. Commits whose ancestors are missing, strangers' commits, and what does not descend from the one genesis, are left out.</summary>
    public static RightsGraph Build(IReadOnlyCollection<RightsCommit> commits) => new(RightsOrder.Sort(commits));

    public bool TryFind(Hash256 id, [NotNullWhen(true)] out RightsNode? node) => _order.TryFind(id, out node);

    /// <summary>Whether something that counts speaks of the authorisation.</summary>
    public bool HasAuthorisation(Uid authorisation) => Ledger.Names.ContainsKey(authorisation) || Ledger.Authorisations.Contains(authorisation);

    /// <summary>The closure of the heads; false if one of them is not in the graph.</summary>
    public bool TryView(ReadOnlySpan<Hash256> heads, [NotNullWhen(true)] out RightsView? view)
    {
        view = null;
        int[] clock = [];
        foreach (Hash256 head in heads)
        {
            if (!_order.TryFind(head, out RightsNode? node))
            {
                return false;
            }

            clock = RightsClock.Max(clock, node.Clock);
        }

        view = new RightsView(this, clock);
        return true;
    }

    /// <summary>
    /// The view a data commit is judged in (log.md §4.4): what its author says it knew, and every counting removal or demotion
    /// that reaches it, as a clock.
    /// </summary>
    public bool TryJudgingView(ReadOnlySpan<Hash256> heads, int[] reach, [NotNullWhen(true)] out RightsView? view)
    {
        if (!TryView(heads, out RightsView? known))
        {
            view = null;
            return false;
        }

        int[] clock = RightsClock.Max(known.Clock, reach);
        view = ReferenceEquals(clock, known.Clock) ? known : new RightsView(this, clock);
        return true;
    }

    private int[] MaximalClock()
    {
        int[] clock = [];
        foreach (RightsNode node in Nodes)
        {
            clock = RightsClock.Max(clock, node.Clock);
        }

        return clock;
    }

    private ImmutableArray<Hash256> FindHeads()
    {
        List<RightsNode> heads = [];
        for (int i = Nodes.Count - 1; i >= 0; i--)
        {
            RightsNode node = Nodes[i];
            if (node.Counts && !heads.Exists(node.IsAncestorOf))
            {
                heads.Add(node);
            }
        }

        return [.. heads.Select(node => node.Commit.Id).Order()];
    }
}
