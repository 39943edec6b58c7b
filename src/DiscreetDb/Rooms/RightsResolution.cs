using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// Decides which operations count (log.md §4.3). Tenures are taken in rank order; everything that can end or exempt under a
/// tenure was done under a more senior one, so one pass decides and nothing is circular.
/// </summary>
internal sealed class RightsResolution
{
    private static readonly UserListKey Admins = new(UserList.Admin, Uid.Zero);

    private readonly IReadOnlyList<RightsNode> _nodes;
    private readonly RightsLedger _ledger = new();
    private readonly Dictionary<VerifyingKey, List<RightsNode>> _nodesByAuthor = [];
    private readonly Dictionary<Uid, RightsNode> _authorisations = [];

    /// <summary>Per user, the removals from the admins by commits that act under a tenure.</summary>
    private readonly Dictionary<VerifyingKey, List<RightsNode>> _adminRemovals = [];

    /// <summary>Per rights commit, the admissions that list it.</summary>
    private readonly Dictionary<Hash256, List<RightsNode>> _exemptions = [];

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
        resolution.DecideCutOffs();
        return resolution._ledger;
    }

    private void Index()
    {
        foreach (RightsNode node in _nodes)
        {
            node.Counting = new bool[node.Commit.Operations.Length];
            AddTo(_nodesByAuthor, node.Commit.Author, node);
            foreach (RightsOperation operation in node.Commit.Operations)
            {
                if (operation is RightsOperation.AddAuthorisation added)
                {
                    _authorisations.TryAdd(added.Authorisation, node);
                }
            }
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
                    _ledger.Revocations.Add(new(node, i, revoke));
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
            first.Tenure = new AdminTenure(first, 0, first.Commit.Author);
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
        if (!tenure.Node.IsAncestorOf(node))
        {
            return false;
        }

        foreach (RightsNode removal in _adminRemovals.GetValueOrDefault(tenure.User, []))
        {
            if (removal.Tenure!.IsSeniorTo(tenure) && Ends(removal, tenure.Node, node) && !IsExempt(node, removal, tenure))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A removal spares what its author already knew, and grants given by whoever knew of the removal.</summary>
    private static bool Ends(RightsNode removal, RightsNode grant, RightsNode node) =>
        !removal.IsAncestorOf(grant) && !node.IsAncestorOf(removal) && !ReferenceEquals(node, removal);

    /// <summary>log.md §4.3 (8). A null tenure is a user admin's: every admin is senior to it.</summary>
    private bool IsExempt(RightsNode node, RightsNode removal, AdminTenure? tenure)
    {
        foreach (RightsNode admission in _exemptions.GetValueOrDefault(node.Commit.Id, []))
        {
            if (removal.IsAncestorOf(admission) && (tenure is null || admission.Tenure!.IsSeniorTo(tenure)))
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
            switch (node.Commit.Operations[i])
            {
                case RightsOperation.SetUser { List: UserList.Admin, IsEnabled: true } grant:
                    grants.Add(new AdminTenure(node, i, grant.User));
                    break;
                case RightsOperation.SetUser { List: UserList.Admin } removal:
                    AddTo(_adminRemovals, removal.User, node);
                    break;
                case RightsOperation.AdmitCommits admission:
                    foreach (Hash256 id in admission.Rights)
                    {
                        AddTo(_exemptions, id, node);
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
                if (IsKnownAuthorisation(node, node.Commit.Operations[i]))
                {
                    Count(node, i);
                }
            }
        }

        List<(RightsNode Node, int Operation)> byUserAdmins = [];
        foreach (RightsNode node in _nodes.Where(node => node.Tenure is null && !node.IsRevoked))
        {
            for (int i = 0; i < node.Commit.Operations.Length; i++)
            {
                if (node.Commit.Operations[i] is RightsOperation.SetUser { List: UserList.User } set && IsUserAdmin(node, set.Authorisation))
                {
                    byUserAdmins.Add((node, i));
                }
            }
        }

        byUserAdmins.ForEach(entry => Count(entry.Node, entry.Operation));
        foreach (RightsNode node in _nodes)
        {
            node.Counts = node.Tenure is not null || Array.IndexOf(node.Counting, true) >= 0 || IsMerge(node);
        }
    }

    private bool IsKnownAuthorisation(RightsNode node, RightsOperation operation) => operation switch
    {
        RightsOperation.SetUser { List: UserList.Admin } => true,
        RightsOperation.SetUser set => IsKnown(node, set.Authorisation),
        RightsOperation.SetRight set => IsKnown(node, set.Authorisation),
        RightsOperation.NameAuthorisation set => IsKnown(node, set.Authorisation),
        _ => true,
    };

    private bool IsKnown(RightsNode node, Uid authorisation) =>
        _authorisations.TryGetValue(authorisation, out RightsNode? added)
        && (ReferenceEquals(added, node) || added.IsAncestorOf(node)) && added.Tenure is not null;

    /// <summary>log.md §4.3 (5): user admins are granted and removed by admins only, and every admin is senior to them.</summary>
    private bool IsUserAdmin(RightsNode node, Uid authorisation)
    {
        IReadOnlyList<RightsEntry<RightsOperation.SetUser>> entries =
            _ledger.EntriesOf(new UserListKey(UserList.UserAdmin, authorisation), node.Commit.Author);
        foreach (RightsEntry<RightsOperation.SetUser> grant in entries)
        {
            if (grant.Value.IsEnabled && grant.Node.IsAncestorOf(node)
                && !entries.Any(entry => !entry.Value.IsEnabled && Ends(entry.Node, grant.Node, node) && !IsExempt(node, entry.Node, null)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsMerge(RightsNode node) =>
        node.Commit.Operations.IsEmpty && !node.IsRevoked
        && new RightsView(_ledger, node.Clock).IsMember(node.Commit.Author);

    private void Count(RightsNode node, int index)
    {
        node.Counting[index] = true;
        switch (node.Commit.Operations[index])
        {
            case RightsOperation.SetUser set:
                AddTo(_ledger.Users, (set.List == UserList.Admin ? Admins : new UserListKey(set.List, set.Authorisation), set.User), new(node, index, set));
                break;
            case RightsOperation.SetRight set:
                AddTo(_ledger.Rights, (set.Authorisation, set.Entity), new(node, index, set));
                break;
            case RightsOperation.AddAuthorisation added:
                _ledger.Authorisations.Add(new(node, index, added));
                break;
            case RightsOperation.NameAuthorisation named:
                _ledger.Names.Add(new(node, index, named));
                break;
            case RightsOperation.AdmitCommits admitted:
                _ledger.Admissions.Add(new(node, index, admitted));
                break;
            default:
                break;
        }
    }

    private void DecideCutOffs()
    {
        foreach (List<RightsEntry<RightsOperation.SetUser>> entries in _ledger.Users.Values)
        {
            foreach (RightsEntry<RightsOperation.SetUser> entry in entries.Where(entry => !entry.Value.IsEnabled))
            {
                AddCutOff(new CutOff(entry.Node, entry.Value.User), entry.Value.CutOffs);
            }
        }

        foreach (List<RightsEntry<RightsOperation.SetRight>> entries in _ledger.Rights.Values)
        {
            foreach (RightsEntry<RightsOperation.SetRight> entry in entries.Where(IsLowering))
            {
                AddCutOff(new CutOff(entry.Node, null), entry.Value.CutOffs);
            }
        }
    }

    /// <summary>Whether a setting takes away something its own ancestors gave; a right of its own hides <c>*</c>.</summary>
    private bool IsLowering(RightsEntry<RightsOperation.SetRight> entry)
    {
        int[] before = (int[])entry.Node.Clock.Clone();
        before[entry.Node.Chain]--;
        EntityRights old = new RightsView(_ledger, before).RightsOf(entry.Value.Authorisation, entry.Value.Entity);
        return (old.MutateAll && !entry.Value.MutateAll) || (old.MutateSelf && !(entry.Value.MutateSelf || entry.Value.MutateAll));
    }

    private void AddCutOff(CutOff cutOff, IEnumerable<LogPosition> positions)
    {
        foreach (LogPosition position in positions)
        {
            cutOff.Raise(position);
        }

        foreach (RightsEntry<RightsOperation.AdmitCommits> admission in _ledger.Admissions)
        {
            foreach (LogPosition position in admission.Value.Data)
            {
                if (cutOff.Node.IsAncestorOf(admission.Node))
                {
                    cutOff.Raise(position);
                }
            }
        }

        _ledger.CutOffs.Add(cutOff);
    }

    private static void AddTo<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : notnull =>
        (lists.TryGetValue(key, out List<TValue>? list) ? list : lists[key] = []).Add(value);
}
