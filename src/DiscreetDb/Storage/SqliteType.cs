namespace DiscreetDb.Storage;

/// <summary>Storage class of a column's value.</summary>
internal enum SqliteType
{
    Integer = 1,
    Float = 2,
    Text = 3,
    Blob = 4,
    Null = 5,
}
