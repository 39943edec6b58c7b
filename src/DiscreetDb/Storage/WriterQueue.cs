using System.Diagnostics.CodeAnalysis;

namespace DiscreetDb.Storage;

/// <summary>What waits for the writer, in order, at most <see cref="Limits.WriterQueueLength" /> pieces.</summary>
internal sealed class WriterQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<WriterWork> _waiting = new();
    private readonly SemaphoreSlim _slots = new(Limits.WriterQueueLength);
    private readonly CancellationTokenSource _closing = new();
    private bool _isClosed;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Adds work, waiting for a place.</summary>
    /// <exception cref="DiscreetException">Closed, Cancelled.</exception>
    public ValueTask AddAsync(WriterWork work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_slots.Wait(0, CancellationToken.None))
        {
            Add(work);
            return ValueTask.CompletedTask;
        }

        return WaitAndAddAsync(work, cancellationToken);
    }

    /// <summary>Takes the next piece that may join a transaction.</summary>
    public bool TryTakeShared([NotNullWhen(true)] out WriterWork? work) => TryTake(isAlone: false, out work);

    /// <summary>Takes the next piece if it wants to run alone.</summary>
    public bool TryTakeAlone([NotNullWhen(true)] out WriterWork? work) => TryTake(isAlone: true, out work);

    /// <summary>Refuses what comes and gives up what waits.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
        }

        _closing.Cancel();
        while (TryTakeAny(out WriterWork? work))
        {
            work.TryCancel(Closed());
        }
    }

    public void Dispose()
    {
        _closing.Dispose();
        _slots.Dispose();
    }

    private static DiscreetException Closed() => new(ErrorCode.Closed, "The database was closed.");

    private async ValueTask WaitAndAddAsync(WriterWork work, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
        try
        {
            await _slots.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new StopCondition(cancellationToken, _closing.Token).CreateFailure();
        }

        Add(work);
    }

    private void Add(WriterWork work)
    {
        lock (_gate)
        {
            if (_isClosed)
            {
                throw Closed();
            }

            _waiting.Enqueue(work);
        }
    }

    private bool TryTake(bool isAlone, [NotNullWhen(true)] out WriterWork? work)
    {
        lock (_gate)
        {
            if (!_waiting.TryPeek(out work) || work.IsAlone != isAlone)
            {
                return false;
            }

            _waiting.Dequeue();
        }

        _slots.Release();
        return true;
    }

    private bool TryTakeAny([NotNullWhen(true)] out WriterWork? work)
    {
        lock (_gate)
        {
            return _waiting.TryDequeue(out work);
        }
    }
}
