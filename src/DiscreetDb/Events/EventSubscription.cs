namespace DiscreetDb.Events;

/// <summary>
/// One subscriber of all events. It listens from its creation on, so nothing falls between asking for the events and the
/// first read; what is not read waits in a bounded <see cref="PendingEvents" />.
/// </summary>
internal sealed class EventSubscription : ISubscriber
{
    private readonly Lock _lock = new();
    private readonly PendingEvents _pending = new();
    private readonly Signal _signal = new();

    public void OnChanged(ChangeSummary changes)
    {
        lock (_lock)
        {
            _pending.Add(changes);
        }

        _signal.Raise();
    }

    public void OnEvent(DiscreetEvent happened)
    {
        lock (_lock)
        {
            _pending.Add(happened);
        }

        _signal.Raise();
    }

    public void OnClosed() => _signal.Close();

    /// <summary>The next event, or null once the database is closed and everything was read.</summary>
    public async ValueTask<DiscreetEvent?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryTake() is { } happened)
            {
                return happened;
            }

            if (!await _signal.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                return TryTake();
            }
        }
    }

    private DiscreetEvent? TryTake()
    {
        lock (_lock)
        {
            return _pending.IsEmpty ? null : _pending.Take();
        }
    }
}
