namespace DiscreetDb.Log;

/// <summary>What became of a commit that came from outside.</summary>
/// <param name="State">Where it is now.</param>
/// <param name="Fault">Why it does not count, waits or is not taken; None where nothing is wrong.</param>
internal readonly record struct ApplyOutcome(ApplyState State, CommitFault Fault)
{
    public static ApplyOutcome Applied => default;

    public static ApplyOutcome Duplicate => new(ApplyState.Duplicate, CommitFault.None);

    public bool IsApplied => State == ApplyState.Applied;

    public bool IsDuplicate => State == ApplyState.Duplicate;

    public bool IsVoid => State == ApplyState.Void;

    public bool IsParked => State == ApplyState.Parked;

    public static ApplyOutcome Void(CommitFault fault) => new(ApplyState.Void, fault);

    public static ApplyOutcome Parked(CommitFault fault) => new(ApplyState.Parked, fault);

    public static ApplyOutcome Refused(CommitFault fault) => new(ApplyState.Refused, fault);
}

/// <summary>Where a commit that came from outside is now.</summary>
internal enum ApplyState
{
    /// <summary>In the log, and in the tables.</summary>
    Applied,

    /// <summary>In the log already.</summary>
    Duplicate,

    /// <summary>In the log, where it shows nothing; it may count later.</summary>
    Void,

    /// <summary>Kept aside until what it lacks comes.</summary>
    Parked,

    /// <summary>Not taken. If nothing is wrong with it but what this database holds, it may be sent again later.</summary>
    Refused,
}
