namespace DiscreetDb.Storage;

/// <summary>One snapshot. Disposing it ends the transaction and gives the connection back.</summary>
internal sealed class ReadTransaction : IDisposable
{
    private readonly ReaderPool _pool;
    private Connection? _connection;

    internal ReadTransaction(ReaderPool pool, Connection connection)
    {
        _pool = pool;
        _connection = connection;
    }

    /// <exception cref="ObjectDisposedException">The transaction has ended.</exception>
    public Connection Connection => _connection ?? throw new ObjectDisposedException(nameof(ReadTransaction));

    public void Dispose()
    {
        Connection? connection = Interlocked.Exchange(ref _connection, null);
        if (connection is not null)
        {
            _pool.End(connection);
        }
    }
}
