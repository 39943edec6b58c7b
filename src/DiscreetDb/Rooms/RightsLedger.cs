namespace DiscreetDb.Rooms;

/// <summary>An operation of a node.</summary>
internal readonly record struct RightsEntry<T>(RightsNode Node, int Operation, T Value)
    where T : RightsOperation;

/// <summary>Identifies a list of users: the admins, or one of an authorisation's two lists.</summary>
internal readonly record struct UserListKey(UserList List, Uid Authorisation);

/// <summary>What counts, found by what it speaks about. Filled once by <see cref="RightsResolution" />.</summary>
internal sealed class RightsLedger
{
    /// <summary>Counting admin grants, most senior first.</summary>
    public List<AdminTenure> Tenures { get; } = [];

    /// <summary>Counting enablings and disablings by list and user; admin grants are <see cref="Tenures" />.</summary>
    public Dictionary<(UserListKey List, VerifyingKey User), List<RightsEntry<RightsOperation.SetUser>>> Users { get; } = [];

    public Dictionary<(Uid Authorisation, string Entity), List<RightsEntry<RightsOperation.SetRight>>> Rights { get; } = [];

    public List<RightsEntry<RightsOperation.AddAuthorisation>> Authorisations { get; } = [];

    public List<RightsEntry<RightsOperation.NameAuthorisation>> Names { get; } = [];

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
internal sealed class CutOff(RightsNode node, VerifyingKey? user)
{
    private readonly Dictionary<Uid, long> _ends = [];

    public RightsNode Node { get; } = node;

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
