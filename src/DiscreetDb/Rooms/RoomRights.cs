using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// The rights of one shared room while it is in memory: its rights commits, resolved when somebody asks, and the evaluators
/// of the views asked for last. Used on one thread.
/// </summary>
internal sealed class RoomRights
{
    // Commits of a time are judged in a few views; a new view costs no more than a walk over the ledger.
    private const int ViewCount = 64;

    private readonly RightsOrder _order = new();
    private readonly Dictionary<int[], Rights> _views = new(RightsClock.Comparer);
    private RightsGraph? _graph;
    private Rights? _current;

    public int CommitCount => _order.Nodes.Count;

    /// <summary>The graph of all that was taken.</summary>
    public RightsGraph Graph => _graph ??= new RightsGraph(_order);

    /// <summary>Who may do what now.</summary>
    public Rights Current => _current ??= RightsIn(Graph.Current);

    public ImmutableArray<Hash256> Heads => Graph.Heads;

    /// <summary>Takes a rights commit of the room; false, and nothing changes, if it is not well-formed beside the others or here already.</summary>
    public bool TryTake(RightsCommit commit)
    {
        if (!_order.TryTake(commit))
        {
            return false;
        }

        _graph = null;
        _current = null;
        _views.Clear();
        return true;
    }

    /// <summary>Whether <see cref="TryTake" /> would take it.</summary>
    public bool CanTake(RightsCommit commit) => _order.CanTake(commit);

    /// <inheritdoc cref="RightsOrder.AddsWhatItNames" />
    public bool AddsWhatItNames(RightsCommit commit) => _order.AddsWhatItNames(commit);

    /// <summary>Whether any commit, counting or not, grants something to the user.</summary>
    public bool IsGranted(VerifyingKey user) => _order.IsGranted(user);

    public bool TryFind(Hash256 id, [NotNullWhen(true)] out RightsCommit? commit)
    {
        commit = _order.TryFind(id, out RightsNode? node) ? node.Commit : null;
        return commit is not null;
    }

    /// <inheritdoc cref="IRights.TryJudge" />
    public bool TryJudge(ReadOnlySpan<Hash256> heads, int[] reach, [NotNullWhen(true)] out Rights? rights)
    {
        rights = Graph.TryJudgingView(heads, reach, out RightsView? view) ? RightsIn(view) : null;
        return rights is not null;
    }

    private Rights RightsIn(RightsView view)
    {
        if (_views.TryGetValue(view.Clock, out Rights? rights))
        {
            return rights;
        }

        if (_views.Count == ViewCount)
        {
            _views.Clear();
        }

        rights = new Rights(view);
        _views.Add(view.Clock, rights);
        return rights;
    }
}
