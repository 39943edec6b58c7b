namespace DiscreetDb.Storage;

/// <summary>
/// The one writer: a queue, a connection, group commit. Each piece of work runs in its own savepoint; what fails, fails
/// alone. A task completes only after its transaction is durable (I3).
/// </summary>
internal sealed class Writer : IDisposable
{
    /// <summary>Queues work; waits when <see cref="Limits.WriterQueueLength" /> pieces already wait.</summary>
    /// <exception cref="DiscreetException">Closed, Cancelled (only before the work began), DiskFull, StorageFailed, or what the work threw.</exception>
    public ValueTask<T> RunAsync<T>(Func<WriteTransaction, T> work, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Dispose() => throw new NotSupportedException();
}

/// <summary>What a piece of work sees of the transaction it runs in. Valid only inside the work.</summary>
internal sealed class WriteTransaction
{
    public Connection Connection => throw new NotSupportedException();

    /// <summary>What changed so far; taken back with the savepoint when the work throws.</summary>
    public ChangeSet Changes => throw new NotSupportedException();

    /// <summary>Called when the work's savepoint or the whole transaction is rolled back: undo state kept in memory.</summary>
    public void OnRollback(Action undo) => throw new NotSupportedException();
}
