namespace DiscreetDb.Rooms;

/// <summary>
/// How far the rights commits of a room reach into the data log of one device: where the log ends, and which removals and
/// demotions judge a commit whether its author knew them or not (log.md §4.4). Made once for many commits; it holds until the
/// room's rights, the forks of the log or the commits that are named change.
/// </summary>
internal sealed class DeviceReach
{
    // Ascending by end; each clock is the union of those up to it.
    private readonly List<(long End, int[] Clock)> _bands = [];
    private readonly HashSet<long> _named = [];

    private DeviceReach(LogPosition pinned, long forkEnd, long revocationEnd)
    {
        Pinned = pinned;
        ForkEnd = forkEnd;
        RevocationEnd = revocationEnd;
    }

    /// <summary>The greatest commit of the log that is pinned.</summary>
    public LogPosition Pinned { get; }

    /// <summary>The last sequence below a fork; the greatest number if there is none.</summary>
    public long ForkEnd { get; }

    /// <summary>The last sequence no revocation voids; the greatest number if there is none.</summary>
    public long RevocationEnd { get; }

    /// <summary>The last sequence that can count.</summary>
    public long End => Math.Min(ForkEnd, RevocationEnd);

    /// <summary>The greatest sequence anybody named: up to there a commit may yet turn out to lead to it.</summary>
    public long LastNamed { get; private set; }

    /// <param name="ledger">What counts in the room.</param>
    /// <param name="device">Whose log it is.</param>
    /// <param name="user">The device's user.</param>
    /// <param name="branch">The log.</param>
    /// <param name="forks">Known forks of the device.</param>
    public static DeviceReach Of(RightsLedger ledger, Uid device, VerifyingKey user, IDataBranch branch, ReadOnlySpan<LogFork> forks)
    {
        LogPosition pinned = DataLogRule.Pinned(ledger, device, user, [branch]);
        DeviceReach reach = new(pinned, DataLogRule.ForkEnd(branch, pinned, forks), DataLogRule.RevocationEnd(ledger, device, user, branch));
        reach.AddBands(ledger, device, user, branch);
        foreach (LogPin pin in ledger.PinsOf(device))
        {
            reach._named.Add(pin.Position.Sequence);
            reach.LastNamed = Math.Max(reach.LastNamed, pin.Position.Sequence);
        }

        return reach;
    }

    /// <summary>Whether somebody named a commit with this sequence: when one comes, this must be made anew.</summary>
    public bool IsNamed(long sequence) => _named.Contains(sequence);

    /// <summary>The removals and demotions that reach a commit, as a clock.</summary>
    public int[] ClockAt(long sequence)
    {
        int[] clock = [];
        foreach ((long end, int[] union) in _bands)
        {
            if (end >= sequence)
            {
                break;
            }

            clock = union;
        }

        return clock;
    }

    /// <summary>The first sequence that the other reaches in another way; null if there is none.</summary>
    public long? FirstDifference(DeviceReach other)
    {
        long? first = End == other.End ? null : Math.Min(End, other.End) + 1;
        foreach ((long end, _) in _bands.Concat(other._bands))
        {
            long sequence = end + 1;
            if ((first is null || sequence < first) && !ClockAt(sequence).AsSpan().SequenceEqual(other.ClockAt(sequence)))
            {
                first = sequence;
            }
        }

        return first;
    }

    private void AddBands(RightsLedger ledger, Uid device, VerifyingKey user, IDataBranch branch)
    {
        foreach (CutOff cutOff in ledger.CutOffs)
        {
            if (cutOff.Concerns(user))
            {
                _bands.Add((cutOff.EndOf(device, branch), cutOff.Place.Node.Clock));
            }
        }

        _bands.Sort((left, right) => left.End.CompareTo(right.End));
        for (int i = 1; i < _bands.Count; i++)
        {
            _bands[i] = (_bands[i].End, RightsClock.Max(_bands[i - 1].Clock, _bands[i].Clock));
        }
    }
}
