namespace DiscreetDb;

/// <summary>Memory for decrypted pages, per connection.</summary>
public sealed record PageCacheOptions
{
    /// <summary>Of the writer. Default: 16 MiB, which holds the upper levels of the trees a bulk insertion touches.</summary>
    public int WriterSizeBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Of each reader. Default: 8 MiB, which holds the pages of a thousand scattered rows, so that a search for a common word
    /// stays in it; a page that is not in it is read from the operating system and decrypted again.
    /// </summary>
    public int ReaderSizeBytes { get; init; } = 8 * 1024 * 1024;
}
