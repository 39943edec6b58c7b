namespace DiscreetDb.Rooms;

/// <summary>
/// Which branch of a device's data log is the log, and where that ends (log.md §4.4, §4.5; ADR 0018). Pure: it follows from
/// the rights commits that count and the data commits that are known.
/// </summary>
internal static class DataLogRule
{
    /// <summary>
    /// The greatest commit that pins hold: taken in rank order, one that names a known commit holds unless that commit is on
    /// another branch than one before it. The zero position if none holds.
    /// </summary>
    public static LogPosition Pinned(RightsLedger ledger, Uid device, VerifyingKey user, ReadOnlySpan<IDataBranch> branches)
    {
        LogPosition pinned = new(device, 0, default);
        foreach (LogPin pin in ledger.PinsOf(device))
        {
            if (pin.Position.Sequence > pinned.Sequence && pin.Concerns(user) && IsFollowedBy(pinned, pin.Position, branches))
            {
                pinned = pin.Position;
            }
        }

        return pinned;
    }

    /// <summary>The last sequence below the lowest fork of a branch above what is pinned; the greatest number if there is none.</summary>
    public static long ForkEnd(IDataBranch branch, LogPosition pinned, ReadOnlySpan<LogFork> forks)
    {
        long end = long.MaxValue;
        foreach (LogFork fork in forks)
        {
            if (fork.Sequence > pinned.Sequence && fork.Sequence <= end && branch.Holds(fork.Sequence - 1, fork.Previous))
            {
                end = fork.Sequence - 1;
            }
        }

        return end;
    }

    /// <summary>The last sequence of a branch that no revocation of the device voids; the greatest number if there is none.</summary>
    public static long RevocationEnd(RightsLedger ledger, Uid device, VerifyingKey user, IDataBranch branch)
    {
        long end = long.MaxValue;
        foreach (LogPin pin in ledger.PinsOf(device))
        {
            if (pin.IsRevocation && pin.Concerns(user))
            {
                end = Math.Min(end, branch.Holds(pin.Position.Sequence, pin.Position.Commit) ? pin.Position.Sequence : 0);
            }
        }

        return end;
    }

    private static bool IsFollowedBy(LogPosition pinned, LogPosition next, ReadOnlySpan<IDataBranch> branches)
    {
        foreach (IDataBranch branch in branches)
        {
            if (branch.Holds(next.Sequence, next.Commit) && branch.Holds(pinned.Sequence, pinned.Commit))
            {
                return true;
            }
        }

        return false;
    }
}
