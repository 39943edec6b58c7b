namespace DiscreetDb.Events;

/// <summary>What <see cref="Discreet.Events" /> returns: listens at once, is read by one <c>await foreach</c>, and stops listening with it.</summary>
internal sealed class EventSequence : IAsyncEnumerable<DiscreetEvent>
{
    private readonly EventHub _hub;
    private readonly CancellationToken _cancellationToken;
    private EventSubscription? _first = new();

    public EventSequence(EventHub hub, CancellationToken cancellationToken)
    {
        _hub = hub;
        _cancellationToken = cancellationToken;
        hub.Add(_first);
    }

    /// <summary>The first reader gets everything since the sequence was made, a further one everything from now on.</summary>
    public IAsyncEnumerator<DiscreetEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        EventSubscription? subscription = Interlocked.Exchange(ref _first, null);
        if (subscription is null)
        {
            subscription = new EventSubscription();
            _hub.Add(subscription);
        }

        return ReadAsync(subscription, cancellationToken);
    }

    private async IAsyncEnumerator<DiscreetEvent> ReadAsync(EventSubscription subscription, CancellationToken cancellationToken)
    {
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken, cancellationToken);
        try
        {
            while (await Cancellation.Translate(subscription.ReadAsync(either.Token)).ConfigureAwait(false) is { } happened)
            {
                yield return happened;
            }
        }
        finally
        {
            _hub.Remove(subscription);
        }
    }
}
