namespace DiscreetDb;

/// <summary>One signed commit, as its author sees it: the unit that is atomic at every peer.</summary>
/// <param name="RoomId">The room, or null for local rows.</param>
/// <param name="Sequence">Its number in this device's log of the room, from 1.</param>
/// <param name="OperationCount">How many operations it holds.</param>
public readonly record struct CommitReceipt(string? RoomId, long Sequence, int OperationCount);
