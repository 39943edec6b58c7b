namespace DiscreetDb.Storage;

/// <summary>A small pool of read-only connections on WAL snapshots.</summary>
internal sealed class ReaderPool : IDisposable
{
    /// <summary>Leases a connection and opens a read transaction on it; its snapshot is taken before this returns.</summary>
    public ReadTransaction Begin(CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}

/// <summary>One snapshot. Disposing it ends the transaction and gives the connection back.</summary>
internal sealed class ReadTransaction : IDisposable
{
    public Connection Connection => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}
