namespace DiscreetDb.Log;

/// <summary>What the merge rules need to know of a row that is shown. A zero room is a local row.</summary>
internal readonly record struct RowMeta(Uid Room, CommitNumber Insert, CommitNumber Newest, FieldVersions? Versions, long Doc);
