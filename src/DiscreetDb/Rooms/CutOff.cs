namespace DiscreetDb.Rooms;

/// <summary>
/// A counting removal (of one user) or demotion (of everybody), and up to which commit of each device's data log it does not
/// reach; from a device it does not list it keeps nothing back (log.md §4.4).
/// </summary>
internal sealed class CutOff(RightsPlace place, VerifyingKey? user)
{
    private readonly Dictionary<Uid, List<LogPosition>> _positions = [];

    public RightsPlace Place { get; } = place;

    /// <summary>Whose devices it concerns; null for everybody's.</summary>
    public VerifyingKey? UserOrAll { get; } = user;

    public bool Concerns(VerifyingKey user) => UserOrAll is null || UserOrAll.Value == user;

    /// <summary>
    /// The last sequence of a device's branch that it leaves alone: what leads to a commit it names. A commit the branch does
    /// not hold, made up or of another branch, names nothing.
    /// </summary>
    public long EndOf(Uid device, IDataBranch branch)
    {
        long end = 0;
        foreach (LogPosition position in _positions.GetValueOrDefault(device, []))
        {
            if (position.Sequence > end && branch.Holds(position.Sequence, position.Commit))
            {
                end = position.Sequence;
            }
        }

        return end;
    }

    /// <summary>Names one more commit: cut-offs are only ever raised.</summary>
    public void Add(LogPosition position) =>
        (_positions.TryGetValue(position.Device, out List<LogPosition>? list) ? list : _positions[position.Device] = []).Add(position);
}
