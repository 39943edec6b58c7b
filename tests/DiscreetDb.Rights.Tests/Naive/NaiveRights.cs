using System.Collections.Immutable;
using DiscreetDb.Core;
using DiscreetDb.RightsTests.Histories;
using DiscreetDb.Rooms;
using static DiscreetDb.Rooms.RightsOperation;

namespace DiscreetDb.RightsTests.Naive;

/// <summary>
/// The resolution of a room's rights as the design page defines it (log.md §4.3–4.5), rule by rule and as plainly as possible:
/// sets of commits, no clocks, no indexes, nothing incremental. Written from the page and not from the engine, so that a mistake
/// would have to be made twice to go unnoticed.
/// </summary>
internal sealed class NaiveRights
{
    private readonly Dictionary<Hash256, RightsCommit> _commits = [];
    private readonly Dictionary<Hash256, HashSet<Hash256>> _ancestors = [];
    private readonly Dictionary<Hash256, int> _heights = [];
    private readonly List<NaiveOperation> _operations = [];

    private readonly HashSet<Hash256> _voided = [];

    /// <summary>The counting admin tenures in rank order, each with the commits that act under it.</summary>
    private readonly List<(NaiveOperation Tenure, HashSet<Hash256> Acting)> _tenures = [];

    /// <summary>Per authorisation, the commits that act under one of its user-admin tenures.</summary>
    private readonly Dictionary<Uid, HashSet<Hash256>> _userAdmins = [];

    public NaiveRights(IEnumerable<RightsCommit> given)
    {
        TakeWellFormed(given);
        DecideRevocations();
        DecideAdmins();
        DecideUserAdmins();
        Counting = [.. _operations.Where(Counts)];
    }

    /// <summary>The operations that count.</summary>
    public IReadOnlyList<NaiveOperation> Counting { get; }

    public NaiveView Current => new(this, [.. _commits.Keys]);

    /// <summary>§2: the maximal counting rights commits.</summary>
    public IEnumerable<Hash256> Heads
    {
        get
        {
            List<RightsCommit> counting = [.. _commits.Values.Where(Counts)];
            return counting.Where(c => !counting.Any(other => IsAncestor(c.Id, other.Id))).Select(c => c.Id).Order();
        }
    }

    /// <summary>The closure of the heads, or null if one of them is not known.</summary>
    public NaiveView? View(ImmutableArray<Hash256> heads) =>
        heads.All(_commits.ContainsKey) ? new NaiveView(this, Closure(heads)) : null;

    /// <summary>
    /// §4.4: V(c) = closure( heads(c) ∪ { r : r counts, c's device is concerned by r, and c is above r's cut-off } ), where a
    /// cut-off spares what leads to the commit of the log it names (ADR 0018).
    /// </summary>
    public NaiveView? JudgingView(ImmutableArray<Hash256> heads, DataCommit commit, NaiveDataLog log) =>
        heads.All(_commits.ContainsKey)
            ? new NaiveView(this, Closure([.. heads, .. Counting.Where(r => Concerns(r, commit.User.Key) && !log.LeadsToOneOf(CutOff(r), commit)).Select(r => r.Id)]))
            : null;

    /// <summary>§4.4, §4.5: the commits of a user's data logs that an operation pins.</summary>
    public IEnumerable<LogPosition> NamedBy(NaiveOperation operation, VerifyingKey user) => operation.Operation switch
    {
        AdmitCommits admit => admit.Data,
        RevokeDevice revoke when operation.Commit.Author == user => [revoke.End],
        _ when Concerns(operation, user) => Listed(operation),
        _ => [],
    };

    public int Height(Hash256 commit) => _heights[commit];

    public bool IsAncestor(Hash256 ancestor, Hash256 commit) => _ancestors[commit].Contains(ancestor);

    /// <summary>Whether one operation is an ancestor of another; within a commit they stand in their order.</summary>
    public bool IsBefore(NaiveOperation first, NaiveOperation second) =>
        IsAncestor(first.Id, second.Id) || (first.Id == second.Id && first.Index < second.Index);

    /// <summary>Rule 3: whether the removal ends the tenure, wherever they stand: it counts, and its own tenure is senior.</summary>
    public bool Ends(NaiveOperation removal, NaiveOperation tenure) =>
        removal.Sets(UserList.Admin, Uid.Zero, tenure.Grantee, isEnabled: false)
        && removal.Commit.Author != tenure.Grantee // §4.1: never themself
        && ActsUnderSenior(removal.Id, tenure);

    // Rule 1: well-formed, all ancestors present, and the ancestors contain a grant to the author (or genesis).
    // height = longest path from genesis.
    private void TakeWellFormed(IEnumerable<RightsCommit> given)
    {
        List<RightsCommit> waiting = [.. given.DistinctBy(c => c.Id)];
        while (waiting.Find(c => IsGenesis(c) || (c.Parents.Length > 0 && c.Parents.All(_commits.ContainsKey) && IsGranted(c))) is { } next)
        {
            waiting.Remove(next);
            _commits.Add(next.Id, next);
            _ancestors.Add(next.Id, Closure(next.Parents));
            _heights.Add(next.Id, IsGenesis(next) ? 0 : 1 + next.Parents.Max(Height));
            _operations.AddRange(next.Operations.Select((_, i) => new NaiveOperation(next, i)));
        }
    }

    private static bool IsGenesis(RightsCommit commit) =>
        commit.Parents.IsEmpty && commit.Operations is [Genesis genesis, ..] && genesis.Creator == commit.Author;

    private bool IsGranted(RightsCommit commit)
    {
        HashSet<Hash256> ancestors = Closure(commit.Parents);
        return _operations.Exists(o => ancestors.Contains(o.Id) && o.IsGrantTo(commit.Author));
    }

    private HashSet<Hash256> Closure(IEnumerable<Hash256> heads) => [.. heads.SelectMany(h => _ancestors[h].Append(h))];

    // Rule 9 and §4.5: decided first, from ancestors. A revocation counts unless its author's device is revoked in its
    // ancestors; it voids the rights commits of the device that descend from it.
    private void DecideRevocations()
    {
        foreach (RightsCommit commit in _commits.Values.OrderBy(c => Height(c.Id)))
        {
            if (_operations.Exists(o => o.Operation is RevokeDevice revoke && revoke.End.Device == commit.Device
                && o.Commit.Author == commit.Author && IsAncestor(o.Id, commit.Id) && !_voided.Contains(o.Id)))
            {
                _voided.Add(commit.Id);
            }
        }
    }

    // Rules 2 and 3, in rank order: (height, commit id, operation index).
    private void DecideAdmins()
    {
        List<NaiveOperation> grants = [.. _operations.Where(o => o.IsAdminGrant).OrderBy(o => Height(o.Id)).ThenBy(o => o.Id).ThenBy(o => o.Index)];
        foreach (NaiveOperation grant in grants)
        {
            // A grant counts iff its commit acts under some tenure; genesis is the first tenure.
            if (grant.IsGenesis || _tenures.Exists(t => t.Acting.Contains(grant.Id)))
            {
                _tenures.Add((grant, [.. _commits.Values.Where(c => ActsUnder(c, grant)).Select(c => c.Id)]));
            }
        }
    }

    // Rule 2: g is in c's ancestors, and no counting removal r of U whose author's tenure is senior to g, with r not an
    // ancestor of g and c not an ancestor of r. Rule 8: unless c is exempt from r.
    private bool ActsUnder(RightsCommit commit, NaiveOperation tenure) =>
        commit.Author == tenure.Grantee
        && !_voided.Contains(commit.Id)
        && (IsAncestor(tenure.Id, commit.Id) || (tenure.IsGenesis && commit.Id == tenure.Id))
        && !_operations.Exists(r => Ends(r, tenure) && !IsBefore(r, tenure) && !IsAncestor(commit.Id, r.Id) && !IsExempt(commit, r, tenure));

    // Rule 8: AdmitCommits by an admin senior to the tenure concerned, with the removal among its ancestors.
    private bool IsExempt(RightsCommit commit, NaiveOperation removal, NaiveOperation tenure) =>
        _operations.Exists(a => Admits(a, commit, removal) && ActsUnderSenior(a.Id, tenure));

    private bool Admits(NaiveOperation operation, RightsCommit commit, NaiveOperation removal) =>
        operation.Operation is AdmitCommits admit && admit.Rights.Contains(commit.Id) && IsBefore(removal, operation);

    private bool ActsUnderSenior(Hash256 commit, NaiveOperation tenure) =>
        _tenures.TakeWhile(t => t.Tenure != tenure).Any(t => t.Acting.Contains(commit));

    private bool ActsAsAdmin(Hash256 commit) => _tenures.Exists(t => t.Acting.Contains(commit));

    // Rule 5: the same rules per authorisation, after the admins; every admin is senior to every user admin, and only
    // admins (§4.2) grant and remove user admins.
    private void DecideUserAdmins()
    {
        foreach (NaiveOperation grant in _operations)
        {
            if (grant.Operation is SetUser { List: UserList.UserAdmin, IsEnabled: true } set && ActsAsAdmin(grant.Id))
            {
                HashSet<Hash256> acting = _userAdmins.TryGetValue(set.Authorisation, out HashSet<Hash256>? all) ? all : _userAdmins[set.Authorisation] = [];
                acting.UnionWith(_commits.Values.Where(c => ActsUnder(c, grant, set)).Select(c => c.Id));
            }
        }
    }

    private bool ActsUnder(RightsCommit commit, NaiveOperation grant, SetUser set) =>
        commit.Author == set.User
        && !_voided.Contains(commit.Id)
        && IsAncestor(grant.Id, commit.Id)
        && !_operations.Exists(r => r.Sets(UserList.UserAdmin, set.Authorisation, set.User, isEnabled: false) && ActsAsAdmin(r.Id)
            && !IsBefore(r, grant) && !IsAncestor(commit.Id, r.Id)
            && !_operations.Exists(a => Admits(a, commit, r) && ActsAsAdmin(a.Id)));

    // Rule 6: operations are judged singly. §4.2: admins everything; user admins only SetUser in their `users`; anybody
    // RevokeDevice. What this engine does not know has no effect.
    private bool Counts(NaiveOperation operation) => operation.Operation switch
    {
        Unknown => false,
        RevokeDevice => !_voided.Contains(operation.Id),
        SetUser { List: UserList.User } set => ActsAsAdmin(operation.Id) || ActsAsUserAdmin(operation.Id, set.Authorisation),
        _ => ActsAsAdmin(operation.Id),
    };

    private bool ActsAsUserAdmin(Hash256 commit, Uid authorisation) =>
        _userAdmins.TryGetValue(authorisation, out HashSet<Hash256>? acting) && acting.Contains(commit);

    // A commit counts if something in it does, or if it is an admin's; rule 9: an empty merge needs membership only.
    private bool Counts(RightsCommit commit) =>
        ActsAsAdmin(commit.Id)
        || Counting.Any(o => o.Id == commit.Id)
        || (commit.Operations.IsEmpty && !_voided.Contains(commit.Id)
            && new NaiveView(this, _ancestors[commit.Id]).IsMember(commit.Author));

    // §4.4: a commit that disables a user concerns that user's devices; one that lowers a right concerns every device.
    private bool Concerns(NaiveOperation operation, VerifyingKey user) => operation.Operation switch
    {
        SetUser { IsEnabled: false } set => set.User == user,
        SetRight set => Lowers(operation, set),
        _ => false,
    };

    // Lower than what the commit's ancestors gave.
    private bool Lowers(NaiveOperation operation, SetRight set)
    {
        EntityRights before = new NaiveView(this, _ancestors[operation.Id]).RightsOf(set.Authorisation, set.Entity);
        return (before.MutateSelf && !(set.MutateSelf || set.MutateAll)) || (before.MutateAll && !set.MutateAll);
    }

    // §4.4: what it lists; an admin may raise it, with the removal among the ancestors of AdmitCommits.
    private IEnumerable<LogPosition> CutOff(NaiveOperation operation) => Listed(operation).Concat(Counting
        .Where(a => a.Operation is AdmitCommits && IsBefore(operation, a))
        .SelectMany(a => ((AdmitCommits)a.Operation).Data));

    private static ImmutableArray<LogPosition> Listed(NaiveOperation operation) => operation.Operation switch
    {
        SetUser set => set.CutOffs,
        SetRight set => set.CutOffs,
        _ => [],
    };
}
