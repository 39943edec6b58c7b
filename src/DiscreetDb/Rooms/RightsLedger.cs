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

    /// <summary>What names the branch of a device's data log, most senior first; revocations come last.</summary>
    public Dictionary<Uid, List<LogPin>> Pins { get; } = [];

    public IReadOnlyList<LogPin> PinsOf(Uid device) => Pins.TryGetValue(device, out List<LogPin>? pins) ? pins : [];

    public IReadOnlyList<RightsEntry<RightsOperation.SetUser>> EntriesOf(UserListKey list, VerifyingKey user) =>
        Users.TryGetValue((list, user), out List<RightsEntry<RightsOperation.SetUser>>? entries) ? entries : [];

    public IReadOnlyList<RightsEntry<RightsOperation.SetRight>> SettingsOf(Uid authorisation, string entity) =>
        Rights.TryGetValue((authorisation, entity), out List<RightsEntry<RightsOperation.SetRight>>? entries) ? entries : [];
}
