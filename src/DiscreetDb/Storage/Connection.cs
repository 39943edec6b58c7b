namespace DiscreetDb.Storage;

/// <summary>One SQLCipher connection. Used by one thread at a time.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>Runs statements without parameters or results.</summary>
    public void Execute(string sql) => throw new NotSupportedException();

    /// <summary>
    /// Leases a prepared statement from this connection's cache, reset and unbound; disposing it gives it back.
    /// The same text may be leased several times at once: each lease is its own statement.
    /// </summary>
    public Statement Prepare(string sql) => throw new NotSupportedException();

    /// <summary>Rows changed by the last statement.</summary>
    public int Changes => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}
