using System.Runtime.CompilerServices;

namespace DiscreetDb.Network;

/// <summary>
/// One stream of a <see cref="Multiplexer" />. What callers see is here; its two directions are in the other parts and are
/// touched under the multiplexer's lock only.
/// </summary>
internal sealed partial class MultiplexedStream(Multiplexer owner, IWakes wakes, long id, long sendMax, long receiveMax) : IPeerStream
{
    private readonly Waiter _readWaiter = wakes.CreateWaiter();
    private readonly Waiter _writeWaiter = wakes.CreateWaiter();

    public long Id { get; } = id;

    /// <summary>Whether the application has it: always so for one it opened.</summary>
    public bool IsAccepted { get; set; }

    /// <summary>Whether both ends are done with both directions.</summary>
    public bool IsFinished => _isSendingOver && _isReceivingOver;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (owner.TryRead(this, buffer.Span, out int count))
            {
                return count;
            }

            await _readWaiter.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, bool isLast = false, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (bytes.IsEmpty && !isLast)
        {
            return;
        }

        owner.BeginWrite(this, bytes, isLast);
        try
        {
            while (!owner.IsWritten(this))
            {
                await _writeWaiter.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            owner.CancelWrite(this);
            throw;
        }
    }

    public void Abort(long code) => owner.Abort(this, code);

    public ValueTask DisposeAsync()
    {
        Abort(0);
        return ValueTask.CompletedTask;
    }

    public void OnConnectionEnded()
    {
        wakes.Wake(_readWaiter);
        wakes.Wake(_writeWaiter);
    }
}
