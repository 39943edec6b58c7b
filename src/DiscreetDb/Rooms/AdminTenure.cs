namespace DiscreetDb.Rooms;

/// <summary>One admin grant: who, given where. Seniority is the rank of the grant.</summary>
internal sealed class AdminTenure(RightsPlace place, VerifyingKey user) : IComparable<AdminTenure>
{
    public RightsPlace Place { get; } = place;

    public VerifyingKey User { get; } = user;

    public int CompareTo(AdminTenure? other) => other is null ? 1 : Place.CompareTo(other.Place);

    public bool IsSeniorTo(AdminTenure other) => CompareTo(other) < 0;

    /// <summary>
    /// Whether this removal ends it, for whoever knows of both: its admin is senior (which nobody is to themself), and it was
    /// not known when the tenure was granted.
    /// </summary>
    public bool IsEndedBy(RightsEntry<RightsOperation.SetUser> removal) =>
        removal.Value is { List: UserList.Admin, IsEnabled: false } && removal.Value.User == User
        && removal.Node.Commit.Author != User
        && removal.Node.Tenure is { } tenure && tenure.IsSeniorTo(this)
        && !removal.Place.IsBefore(Place);
}
