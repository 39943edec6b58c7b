namespace DiscreetDb;

internal sealed partial class Engine
{
    /// <summary>Writes a consistent copy, encrypted with the same key, to a file that must not exist; readers and the writer go on.</summary>
    public Task BackupAsync(string file, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Checks pages, chains, signatures and that the tables are what the log projects to.</summary>
    public Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Projects every table, index and full text from the log again, in one transaction.</summary>
    public Task RebuildAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>How much room the database takes.</summary>
    public Task<DatabaseSize> SizeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Gives free pages back to the file system.</summary>
    public Task CompactAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
