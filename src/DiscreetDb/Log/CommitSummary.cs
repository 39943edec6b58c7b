namespace DiscreetDb.Log;

/// <summary>One commit as a caller sees it.</summary>
internal readonly record struct CommitSummary(Uid Room, long Sequence, int OperationCount);
