namespace DiscreetDb.Log;

/// <summary>Which of the two logs a device has in a room; the numbers are those of <c>schema/wire.md</c>.</summary>
internal enum CommitKind : byte
{
    Data = 1,
    Rights = 2,
}
