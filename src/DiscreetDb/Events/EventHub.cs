using System.Collections.Immutable;
using DiscreetDb.Storage;

namespace DiscreetDb.Events;

/// <summary>Passes what happens in a database on to everybody who listens. Costs nothing while nobody does.</summary>
internal sealed class EventHub
{
    private readonly Lock _lock = new();
    private ImmutableArray<ISubscriber> _subscribers = [];
    private bool _isClosed;

    /// <summary>Passes on what a durable transaction changed.</summary>
    public void Publish(ChangeSet changes)
    {
        ImmutableArray<ISubscriber> subscribers = Subscribers;
        if (subscribers.IsEmpty || changes.Count == 0)
        {
            return;
        }

        ChangeSummary summary = new(changes);
        foreach (ISubscriber subscriber in subscribers)
        {
            subscriber.OnChanged(summary);
        }

        foreach (Uid room in summary.ModifiedRooms)
        {
            Publish(new DiscreetEvent.RoomModified(room.ToString()));
        }
    }

    public void Publish(DiscreetEvent happened)
    {
        foreach (ISubscriber subscriber in Subscribers)
        {
            subscriber.OnEvent(happened);
        }
    }

    /// <summary>From now on the subscriber is told; on a closed hub it is told at once that it is closed.</summary>
    public void Add(ISubscriber subscriber)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _subscribers = _subscribers.Add(subscriber);
                return;
            }
        }

        subscriber.OnClosed();
    }

    public void Remove(ISubscriber subscriber)
    {
        lock (_lock)
        {
            _subscribers = _subscribers.Remove(subscriber);
        }
    }

    public void Close()
    {
        ImmutableArray<ISubscriber> subscribers;
        lock (_lock)
        {
            _isClosed = true;
            subscribers = _subscribers;
            _subscribers = [];
        }

        foreach (ISubscriber subscriber in subscribers)
        {
            subscriber.OnClosed();
        }
    }

    private ImmutableArray<ISubscriber> Subscribers
    {
        get
        {
            lock (_lock)
            {
                return _subscribers;
            }
        }
    }
}
