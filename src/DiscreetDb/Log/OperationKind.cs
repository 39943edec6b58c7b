namespace DiscreetDb.Log;

/// <summary>What an operation does; the numbers are those of <c>schema/wire.md</c>.</summary>
internal enum OperationKind : byte
{
    Insert = 1,
    Update = 2,
    Delete = 3,
    Link = 4,
    Unlink = 5,
}
