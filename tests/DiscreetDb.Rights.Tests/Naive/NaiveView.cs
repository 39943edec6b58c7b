using DiscreetDb.Core;
using DiscreetDb.RightsTests.Comparing;
using DiscreetDb.Rooms;
using static DiscreetDb.Rooms.RightsOperation;

namespace DiscreetDb.RightsTests.Naive;

/// <summary>A room's definition in a view, an ancestor-closed set of commits: log.md §4.3, rules 4 to 7, and §4.1.</summary>
internal sealed class NaiveView : IRoomView
{
    private readonly NaiveRights _rights;
    private readonly List<NaiveOperation> _counting;

    /// <summary>The authorisations that something counting speaks about.</summary>
    private readonly List<Uid> _authorisations;

    public NaiveView(NaiveRights rights, HashSet<Hash256> commits)
    {
        _rights = rights;
        _counting = [.. rights.Counting.Where(o => commits.Contains(o.Id))];
        _authorisations = [.. _counting.Select(AuthorisationOf).Where(a => !a.IsZero).Distinct()];
    }

    // Rule 4: a counting grant g ∈ V has no ending removal r ∈ V with r not an ancestor of g.
    public bool IsAdmin(VerifyingKey user) =>
        _counting.Exists(g => g.IsAdminGrant && g.Grantee == user && !_counting.Exists(r => _rights.Ends(r, g) && !_rights.IsBefore(r, g)));

    public bool IsUser(Uid authorisation, VerifyingKey user) => IsIn(UserList.User, authorisation, user);

    // Rule 5: whoever removes a user admin is an admin, and so senior; rule 4 then says the same as rule 7.
    public bool IsUserAdmin(Uid authorisation, VerifyingKey user) => IsIn(UserList.UserAdmin, authorisation, user);

    public bool IsMember(VerifyingKey user) =>
        IsAdmin(user) || _authorisations.Exists(a => IsUser(a, user) || IsUserAdmin(a, user));

    // §4.1: admins hold the rights of all authorisations of the room and no others, users those of theirs.
    public EntityRights RightsOf(VerifyingKey user, string entity)
    {
        List<Uid> theirs = IsAdmin(user) ? _authorisations : _authorisations.FindAll(a => IsUser(a, user));
        List<EntityRights> rights = theirs.ConvertAll(a => RightsOf(a, entity));
        return new EntityRights(rights.Exists(r => r.MutateSelf), rights.Exists(r => r.MutateAll));
    }

    // §4.1: a specific entity right hides * within the same authorisation.
    public EntityRights RightsOf(Uid authorisation, string entity) =>
        Value(authorisation, entity) ?? Value(authorisation, "*") ?? default;

    // Rule 7: names: the greatest (height, id).
    public string NameOf(Uid authorisation) =>
        _counting.Where(o => NameIn(o, authorisation) is not null)
            .OrderBy(o => _rights.Height(o.Id)).ThenBy(o => o.Id).ThenBy(o => o.Index)
            .Select(o => NameIn(o, authorisation)!)
            .LastOrDefault("");

    // §4.6: who is no member may nothing; own rows by mutate_self, other people's by mutate_all; every member reads.
    public bool Can(VerifyingKey user, RightsAction action, string entity, VerifyingKey creator) => IsMember(user) && action switch
    {
        RightsAction.Read => true,
        RightsAction.Insert => RightsOf(user, entity).MutateSelf,
        _ => creator == user ? RightsOf(user, entity).MutateSelf : RightsOf(user, entity).MutateAll,
    };

    private static Uid AuthorisationOf(NaiveOperation operation) => operation.Operation switch
    {
        SetUser set => set.Authorisation,
        SetRight set => set.Authorisation,
        _ => Uid.Zero,
    };

    private static string? NameIn(NaiveOperation operation, Uid authorisation) => operation.Operation switch
    {
        AddAuthorisation add when add.Authorisation == authorisation => add.Name,
        NameAuthorisation name when name.Authorisation == authorisation => name.Name,
        _ => null,
    };

    // Rule 7: a counting enabling e ∈ V with no counting disabling d ∈ V that is not an ancestor of e.
    private bool IsIn(UserList list, Uid authorisation, VerifyingKey user) =>
        _counting.Exists(e => e.Sets(list, authorisation, user, isEnabled: true)
            && !_counting.Exists(d => d.Sets(list, authorisation, user, isEnabled: false) && !_rights.IsBefore(d, e)));

    // Rule 7: AND over the maximal counting settings; null if there is none. §4.1: mutate_all implies mutate_self.
    private EntityRights? Value(Uid authorisation, string entity)
    {
        List<NaiveOperation> settings = _counting.FindAll(o => o.Operation is SetRight s && s.Authorisation == authorisation && s.Entity == entity);
        List<SetRight> maximal = settings.FindAll(s => !settings.Exists(later => _rights.IsBefore(s, later))).ConvertAll(s => (SetRight)s.Operation);
        return maximal.Count == 0 ? null : new EntityRights(maximal.TrueForAll(s => s.MutateSelf || s.MutateAll), maximal.TrueForAll(s => s.MutateAll));
    }
}
