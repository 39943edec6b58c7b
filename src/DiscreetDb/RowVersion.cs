namespace DiscreetDb;

/// <summary>A row as the caller last read it, for a write that must not overwrite what happened since.</summary>
/// <param name="Id">The row.</param>
/// <param name="Mdate">Its <c>mdate</c> at that time.</param>
public readonly record struct RowVersion(string Id, long Mdate);
