namespace DiscreetDb.Rooms;

/// <summary>What an authorisation allows with an entity.</summary>
internal readonly record struct EntityRights(bool MutateSelf, bool MutateAll)
{
    public static EntityRights None => default;

    /// <summary>Everything either allows: the rights of several authorisations add up.</summary>
    public EntityRights Or(EntityRights other) => new(MutateSelf | other.MutateSelf, MutateAll | other.MutateAll);

    /// <summary>Only what both allow: of concurrent settings.</summary>
    public EntityRights And(EntityRights other) => new(MutateSelf & other.MutateSelf, MutateAll & other.MutateAll);
}

/// <summary>A room's definition as somebody knew it: an ancestor-closed set of rights commits (log.md §4.3 (4)–(7)).</summary>
internal sealed class RightsView(RightsLedger ledger, int[] clock)
{
    private const string EveryEntity = "*";

    public RightsView(RightsGraph graph, int[] clock)
        : this(graph.Ledger, clock)
    {
    }

    /// <summary>Per chain, how many of its first commits are in the view.</summary>
    public int[] Clock { get; } = clock;

    public bool Contains(RightsNode node) => RightsClock.Contains(Clock, node);

    public bool IsAdmin(VerifyingKey user) => TenuresOf(user).Any();

    /// <summary>
    /// Whether a removal by this admin, knowing all of the view, leaves the other none of their tenures: it ends only what is
    /// junior to the most senior of the admin's own.
    /// </summary>
    public bool CanRemoveAdmin(VerifyingKey admin, VerifyingKey other) =>
        TenuresOf(admin).FirstOrDefault() is { } own && TenuresOf(other).All(own.IsSeniorTo);

    public bool IsUser(Uid authorisation, VerifyingKey user) => IsEnabled(new UserListKey(UserList.User, authorisation), user);

    public bool IsUserAdmin(Uid authorisation, VerifyingKey user) => IsEnabled(new UserListKey(UserList.UserAdmin, authorisation), user);

    /// <summary>Reads the room: an admin, a user or a user admin of any authorisation.</summary>
    public bool IsMember(VerifyingKey user) =>
        IsAdmin(user) || ledger.Authorisations.Any(authorisation => IsUser(authorisation, user) || IsUserAdmin(authorisation, user));

    /// <summary>What a user may do with an entity, over all authorisations that are theirs; an admin has them all.</summary>
    public EntityRights RightsOf(VerifyingKey user, string entity)
    {
        bool isAdmin = IsAdmin(user);
        EntityRights rights = EntityRights.None;
        foreach (Uid authorisation in ledger.Authorisations)
        {
            if (isAdmin || IsUser(authorisation, user))
            {
                rights = rights.Or(RightsOf(authorisation, entity));
            }
        }

        return rights;
    }

    /// <summary>What an authorisation allows with an entity; a right of its own hides <c>*</c>.</summary>
    public EntityRights RightsOf(Uid authorisation, string entity) =>
        Setting(authorisation, entity) ?? (entity == EveryEntity ? null : Setting(authorisation, EveryEntity)) ?? EntityRights.None;

    /// <summary>Whether a setting takes away something the view gives; a right of its own hides <c>*</c>.</summary>
    public bool IsLowered(Uid authorisation, string entity, EntityRights setting)
    {
        EntityRights old = RightsOf(authorisation, entity);
        return (old.MutateAll && !setting.MutateAll) || (old.MutateSelf && !(setting.MutateSelf || setting.MutateAll));
    }

    /// <summary>Name of an authorisation, the one given last by rank; empty if it has none.</summary>
    public string NameOf(Uid authorisation) =>
        ledger.Names.GetValueOrDefault(authorisation, [])
            .Where(naming => Contains(naming.Place.Node))
            .OrderBy(naming => naming.Place)
            .Select(naming => naming.Name)
            .LastOrDefault("");

    /// <summary>The admin tenures of a user that stand, most senior first.</summary>
    private IEnumerable<AdminTenure> TenuresOf(VerifyingKey user)
    {
        IReadOnlyList<RightsEntry<RightsOperation.SetUser>> entries = ledger.EntriesOf(UserListKey.Admins, user);
        return ledger.Tenures.Where(
            tenure => tenure.User == user && Contains(tenure.Place.Node) && !entries.Any(entry => Contains(entry.Node) && tenure.IsEndedBy(entry)));
    }

    /// <summary>Enabled and not disabled by somebody who did not know of it to be enabled again; concurrent: disabled.</summary>
    private bool IsEnabled(UserListKey list, VerifyingKey user)
    {
        IReadOnlyList<RightsEntry<RightsOperation.SetUser>> entries = ledger.EntriesOf(list, user);
        foreach (RightsEntry<RightsOperation.SetUser> enabling in entries)
        {
            if (enabling.Value.IsEnabled && Contains(enabling.Node) && !entries.Any(entry => IsDisabledBy(entry, enabling)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsDisabledBy(RightsEntry<RightsOperation.SetUser> entry, RightsEntry<RightsOperation.SetUser> enabling) =>
        !entry.Value.IsEnabled && Contains(entry.Node) && !entry.Place.IsBefore(enabling.Place);

    private EntityRights? Setting(Uid authorisation, string entity)
    {
        IReadOnlyList<RightsEntry<RightsOperation.SetRight>> entries = ledger.SettingsOf(authorisation, entity);
        EntityRights? value = null;
        foreach (RightsEntry<RightsOperation.SetRight> entry in entries)
        {
            if (Contains(entry.Node) && !entries.Any(other => Contains(other.Node) && entry.Place.IsBefore(other.Place)))
            {
                EntityRights own = new(entry.Value.MutateSelf || entry.Value.MutateAll, entry.Value.MutateAll);
                value = value?.And(own) ?? own;
            }
        }

        return value;
    }
}
