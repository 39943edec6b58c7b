namespace DiscreetDb.Log;

/// <summary>What judging a stored commit needs of it before its body.</summary>
internal readonly record struct CommitBrief(CommitNumber Number, CommitStamp Stamp, int HeadsNo, bool IsVoid);
