namespace DiscreetDb;

/// <summary>How much room a database takes.</summary>
/// <param name="FileSizeBytes">The database file, or the memory it takes when it has none.</param>
/// <param name="WalSizeBytes">What was written and not moved into the file yet.</param>
/// <param name="FreeSizeBytes">Pages in the file that hold nothing: what <see cref="Discreet.CompactAsync" /> would give back.</param>
public readonly record struct DatabaseSize(long FileSizeBytes, long WalSizeBytes, long FreeSizeBytes)
{
    /// <summary>Everything on disk.</summary>
    public long TotalSizeBytes => FileSizeBytes + WalSizeBytes;
}
