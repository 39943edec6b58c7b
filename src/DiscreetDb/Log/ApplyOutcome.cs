namespace DiscreetDb.Log;

/// <summary>What became of a commit that came from outside: stored, known already, or not taken and why.</summary>
internal readonly record struct ApplyOutcome(CommitFault Fault, bool IsDuplicate)
{
    public static ApplyOutcome Applied => default;

    public static ApplyOutcome Duplicate => new(CommitFault.None, IsDuplicate: true);

    public bool IsApplied => Fault == CommitFault.None && !IsDuplicate;

    public static ApplyOutcome Refused(CommitFault fault) => new(fault, IsDuplicate: false);
}
