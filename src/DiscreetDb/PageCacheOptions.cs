namespace DiscreetDb;

/// <summary>Memory for decrypted pages, per connection.</summary>
public sealed record PageCacheOptions
{
    /// <summary>Of the writer. Default: 16 MiB, which holds the upper levels of the trees a bulk insertion touches.</summary>
    public int WriterSizeBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Of each reader, at most. Default: 32 MiB, which holds a hundred thousand rows of a hundred bytes with an index; a page that
    /// is not in it is read from the operating system and decrypted again. It grows with what is read, a commit empties it, and
    /// a reader unused for a minute gives it back.
    /// </summary>
    public int ReaderSizeBytes { get; init; } = 32 * 1024 * 1024;
}
