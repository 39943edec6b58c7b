namespace DiscreetDb.Network;

/// <summary>
/// Two independent directions of bytes, each in order and whole or reported as broken. One reader and one writer at a
/// time. Disposing aborts with code 0 what has not ended.
/// </summary>
internal interface IPeerStream : IAsyncDisposable
{
    /// <summary>The number of the stream in its connection, the same at both ends.</summary>
    long Id { get; }

    /// <summary>At least one byte; 0 when the peer has ended its direction (or the buffer is empty).</summary>
    /// <exception cref="NetworkException">StreamAborted with the peer's code, or the connection has ended.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);

    /// <summary>
    /// Sends; ends when every byte is on its way, and so waits for a peer that does not read. <paramref name="isLast" /> ends
    /// this direction. Cancelled after a part has gone out it aborts the stream with code 0.
    /// </summary>
    /// <exception cref="NetworkException">StreamAborted with the peer's code, or the connection has ended.</exception>
    /// <exception cref="InvalidOperationException">The direction was ended before.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, bool isLast = false, CancellationToken cancellationToken = default);

    /// <summary>Breaks off both directions. The peer's next read or write fails with the code (0 to 2^62 − 1). Idempotent.</summary>
    void Abort(long code);
}
