namespace DiscreetDb.Rooms;

/// <summary>An operation and where it stands.</summary>
internal readonly record struct RightsEntry<T>(RightsPlace Place, T Value)
    where T : RightsOperation
{
    public RightsNode Node => Place.Node;
}

/// <summary>Identifies a list of users: the admins, or one of an authorisation's two lists.</summary>
internal readonly record struct UserListKey(UserList List, Uid Authorisation)
{
    public static UserListKey Admins => new(UserList.Admin, Uid.Zero);
}

/// <summary>What counts, found by what it speaks about. Filled once by <see cref="RightsResolution" />.</summary>
internal sealed class RightsLedger
{
    /// <summary>Counting admin grants, most senior first.</summary>
    public List<AdminTenure> Tenures { get; } = [];

    /// <summary>Counting enablings and disablings by list and user; those of admins are also <see cref="Tenures" />.</summary>
    public Dictionary<(UserListKey List, VerifyingKey User), List<RightsEntry<RightsOperation.SetUser>>> Users { get; } = [];

    public Dictionary<(Uid Authorisation, string Entity), List<RightsEntry<RightsOperation.SetRight>>> Rights { get; } = [];

    /// <summary>Every authorisation that something counting gives a user or a right.</summary>
    public HashSet<Uid> Authorisations { get; } = [];

    /// <summary>Names by authorisation, the first given by whoever added it.</summary>
    public Dictionary<Uid, List<(RightsPlace Place, string Name)>> Names { get; } = [];

    public List<RightsEntry<RightsOperation.AdmitCommits>> Admissions { get; } = [];

    public List<RightsEntry<RightsOperation.RevokeDevice>> Revocations { get; } = [];

    /// <summary>Counting removals and demotions, each with where it ends the logs it concerns.</summary>
    public List<CutOff> CutOffs { get; } = [];

    public IReadOnlyList<RightsEntry<RightsOperation.SetUser>> EntriesOf(UserListKey list, VerifyingKey user) =>
        Users.TryGetValue((list, user), out List<RightsEntry<RightsOperation.SetUser>>? entries) ? entries : [];

    public IReadOnlyList<RightsEntry<RightsOperation.SetRight>> SettingsOf(Uid authorisation, string entity) =>
        Rights.TryGetValue((authorisation, entity), out List<RightsEntry<RightsOperation.SetRight>>? entries) ? entries : [];
}

/// <summary>
/// A counting removal (of one user) or demotion (of everybody), and the last sequence of each device's data log that stays
/// out of its reach; a device it does not list has cut-off 0 (log.md §4.4).
/// </summary>
internal sealed class CutOff(RightsPlace place, VerifyingKey? user)
{
    private readonly Dictionary<Uid, long> _ends = [];

    public RightsPlace Place { get; } = place;

    public bool Concerns(VerifyingKey user) => UserOrAll is null || UserOrAll.Value == user;

    public long EndOf(Uid device) => _ends.GetValueOrDefault(device);

    /// <summary>Cut-offs are only ever raised.</summary>
    public void Raise(LogPosition position)
    {
        if (position.Sequence > EndOf(position.Device))
        {
            _ends[position.Device] = position.Sequence;
        }
    }

    private VerifyingKey? UserOrAll { get; } = user;
}
