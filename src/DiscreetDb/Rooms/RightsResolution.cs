using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// Decides which operations count (log.md §4.3). Tenures are taken in rank order; everything that can end or exempt under a
/// tenure was done under a more senior one, so one pass decides and nothing is circular.
/// </summary>
internal sealed class RightsResolution
{
    private readonly IReadOnlyList<RightsNode> _nodes;
    private readonly RightsLedger _ledger = new();
    private readonly Dictionary<VerifyingKey, List<RightsNode>> _nodesByAuthor = [];

    /// <summary>Per user, the removals from the admins by commits that act under a tenure.</summary>
    private readonly Dictionary<VerifyingKey, List<RightsEntry<RightsOperation.SetUser>>> _adminRemovals = [];

    /// <summary>Per rights commit, the admissions that list it, by commits that act under a tenure.</summary>
    private readonly Dictionary<Hash256, List<RightsPlace>> _exemptions = [];

    private RightsResolution(IReadOnlyList<RightsNode> nodes)
    {
        _nodes = nodes;
    }

    public static RightsLedger Resolve(IReadOnlyList<RightsNode> nodes)
    {
        RightsResolution resolution = new(nodes);
        resolution.Index();
        resolution.DecideRevocations();
        resolution.DecideAdmins();
        resolution.DecideOperations();
        DataReach.Decide(resolution._ledger);
        return resolution._ledger;
    }

    private void Index()
    {
        foreach (RightsNode node in _nodes)
        {
            node.Tenure = null;
            node.Counting = new bool[node.Commit.Operations.Length];
            AddTo(_nodesByAuthor, node.Commit.Author, node);
        }
    }

    /// <summary>In topological order, so a revocation is judged after every revocation among its ancestors.</summary>
    private void DecideRevocations()
    {
        foreach (RightsNode node in _nodes)
        {
            node.IsRevoked = _ledger.Revocations.Exists(revocation => Revokes(revocation, node));
            for (int i = 0; i < node.Commit.Operations.Length && !node.IsRevoked; i++)
            {
                if (node.Commit.Operations[i] is RightsOperation.RevokeDevice revoke)
                {
                    node.Counting[i] = true;
                    _ledger.Revocations.Add(new(new RightsPlace(node, i), revoke));
                }
            }
        }
    }

    private static bool Revokes(RightsEntry<RightsOperation.RevokeDevice> revocation, RightsNode node) =>
        revocation.Value.End.Device == node.Commit.Device
        && revocation.Node.Commit.Author == node.Commit.Author
        && revocation.Node.IsAncestorOf(node);

    private void DecideAdmins()
    {
        SortedSet<AdminTenure> grants = [];
        if (_nodes is [var first, ..])
        {
            first.Tenure = new AdminTenure(new RightsPlace(first, 0), first.Commit.Author);
            grants.Add(first.Tenure);
            TakeEffect(first, grants);
        }

        while (grants.Min is { } tenure)
        {
            grants.Remove(tenure);
            _ledger.Tenures.Add(tenure);
            foreach (RightsNode node in _nodesByAuthor.GetValueOrDefault(tenure.User, []))
            {
                if (node.Tenure is null && !node.IsRevoked && ActsUnder(node, tenure))
                {
                    node.Tenure = tenure;
                    TakeEffect(node, grants);
                }
            }
        }
    }

    private bool ActsUnder(RightsNode node, AdminTenure tenure)
    {
        if (!tenure.Place.Node.IsAncestorOf(node))
        {
            return false;
        }

        foreach (RightsEntry<RightsOperation.SetUser> removal in _adminRemovals.GetValueOrDefault(tenure.User, []))
        {
            if (tenure.IsEndedBy(removal) && !node.IsAncestorOf(removal.Node) && !IsExempt(node, removal.Place, tenure))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>log.md §4.3 (8). A null tenure is a user admin's: every admin is senior to it.</summary>
    private bool IsExempt(RightsNode node, RightsPlace removal, AdminTenure? tenure)
    {
        foreach (RightsPlace admission in _exemptions.GetValueOrDefault(node.Commit.Id, []))
        {
            if (removal.IsBefore(admission) && (tenure is null || admission.Node.Tenure!.IsSeniorTo(tenure)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>What an admin's commit contributes to the judging of more junior tenures.</summary>
    private void TakeEffect(RightsNode node, SortedSet<AdminTenure> grants)
    {
        for (int i = 0; i < node.Commit.Operations.Length; i++)
        {
            RightsPlace place = new(node, i);
            switch (node.Commit.Operations[i])
            {
                case RightsOperation.SetUser { List: UserList.Admin, IsEnabled: true } grant:
                    grants.Add(new AdminTenure(place, grant.User));
                    break;
                case RightsOperation.SetUser { List: UserList.Admin } removal:
                    AddTo(_adminRemovals, removal.User, new(place, removal));
                    break;
                case RightsOperation.AdmitCommits admission:
                    foreach (Hash256 id in admission.Rights)
                    {
                        AddTo(_exemptions, id, place);
                    }

                    break;
                default:
                    break;
            }
        }
    }

    private void DecideOperations()
    {
        foreach (RightsNode node in _nodes.Where(node => node.Tenure is not null))
        {
            for (int i = 0; i < node.Commit.Operations.Length; i++)
            {
                Count(new RightsPlace(node, i));
            }
        }

        List<RightsPlace> byUserAdmins = [];
        foreach (RightsNode node in _nodes.Where(node => node.Tenure is null && !node.IsRevoked))
        {
            for (int i = 0; i < node.Commit.Operations.Length; i++)
            {
                if (node.Commit.Operations[i] is RightsOperation.SetUser { List: UserList.User } set && IsUserAdmin(node, set.Authorisation))
                {
                    byUserAdmins.Add(new RightsPlace(node, i));
                }
            }
        }

        byUserAdmins.ForEach(Count);
        foreach (RightsNode node in _nodes)
        {
            node.Counts = node.Tenure is not null || Array.IndexOf(node.Counting, true) >= 0 || IsMerge(node);
        }
    }

    /// <summary>log.md §4.3 (5): user admins are granted and removed by admins only, and every admin is senior to them.</summary>
    private bool IsUserAdmin(RightsNode node, Uid authorisation)
    {
        IReadOnlyList<RightsEntry<RightsOperation.SetUser>> entries =
            _ledger.EntriesOf(new UserListKey(UserList.UserAdmin, authorisation), node.Commit.Author);
        foreach (RightsEntry<RightsOperation.SetUser> grant in entries)
        {
            if (grant.Value.IsEnabled && grant.Node.IsAncestorOf(node)
                && !entries.Any(entry => !entry.Value.IsEnabled && !entry.Place.IsBefore(grant.Place) && !node.IsAncestorOf(entry.Node)
                    && !IsExempt(node, entry.Place, null)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMerge(RightsNode node) =>
        node.Commit.Operations.IsEmpty && !node.IsRevoked
        && new RightsView(_ledger, node.Clock).IsMember(node.Commit.Author);

    private void Count(RightsPlace place)
    {
        place.Node.Counting[place.Operation] = true;
        switch (place.Node.Commit.Operations[place.Operation])
        {
            case RightsOperation.SetUser set:
                AddTo(_ledger.Users, (new UserListKey(set.List, set.Authorisation), set.User), new(place, set));
                if (set.List != UserList.Admin)
                {
                    _ledger.Authorisations.Add(set.Authorisation);
                }

                break;
            case RightsOperation.SetRight set:
                AddTo(_ledger.Rights, (set.Authorisation, set.Entity), new(place, set));
                _ledger.Authorisations.Add(set.Authorisation);
                break;
            case RightsOperation.AddAuthorisation added:
                AddTo(_ledger.Names, added.Authorisation, (place, added.Name));
                break;
            case RightsOperation.NameAuthorisation named:
                AddTo(_ledger.Names, named.Authorisation, (place, named.Name));
                break;
            case RightsOperation.AdmitCommits admitted:
                _ledger.Admissions.Add(new(place, admitted));
                break;
            default:
                break;
        }
    }

    private static void AddTo<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull =>
        (lists.TryGetValue(key, out List<TValue>? list) ? list : lists[key] = []).Add(value);
}
