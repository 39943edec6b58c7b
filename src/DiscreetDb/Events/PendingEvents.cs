namespace DiscreetDb.Events;

/// <summary>
/// What one subscriber has not read yet, bounded: changes of data that follow each other merge into one event, and of the
/// other events only the newest <see cref="Limits.EventQueueLength" /> are kept, the loss being an event of its own.
/// Used under its owner's lock.
/// </summary>
internal sealed class PendingEvents
{
    private readonly LinkedList<object> _items = new();
    private MergedChanges? _changes;
    private int _eventCount;
    private int _missedCount;

    public bool IsEmpty => _items.Count == 0 && _missedCount == 0;

    public void Add(ChangeSummary changes)
    {
        // One merge per subscriber, whatever stands behind it: hearing of a change early is harmless, and the queue stays bounded.
        if (_changes is null)
        {
            _changes = new MergedChanges();
            _items.AddLast(_changes);
        }

        _changes.Add(changes);
    }

    public void Add(DiscreetEvent happened)
    {
        if (_eventCount == Limits.EventQueueLength)
        {
            _items.Remove(_items.First(item => item is DiscreetEvent));
            _eventCount--;
            _missedCount++;
        }

        _items.AddLast(happened);
        _eventCount++;
    }

    /// <summary>The next event to read; not to be called when empty.</summary>
    public DiscreetEvent Take()
    {
        if (_missedCount > 0)
        {
            int count = _missedCount;
            _missedCount = 0;
            return new DiscreetEvent.EventsMissed(count);
        }

        object first = _items.First!.Value; // the caller asked IsEmpty
        _items.RemoveFirst();
        if (first is MergedChanges merged)
        {
            _changes = null;
            return merged.ToEvent();
        }

        _eventCount--;
        return (DiscreetEvent)first;
    }

    private sealed class MergedChanges
    {
        private readonly HashSet<ChangedEntity> _pairs = [];
        private bool _isComplete = true;

        public void Add(ChangeSummary changes)
        {
            if (!_isComplete)
            {
                return;
            }

            _pairs.UnionWith(changes.Pairs);
            if (_pairs.Count > Limits.ChangedEntityCount)
            {
                _isComplete = false;
                _pairs.Clear();
            }
        }

        public DiscreetEvent.DataChanged ToEvent()
        {
            List<ChangedRoom> rooms = [];
            foreach (IGrouping<Uid?, ChangedEntity> room in _pairs.GroupBy(pair => pair.Room))
            {
                rooms.Add(new ChangedRoom(room.Key?.ToString(), [.. room.Select(pair => pair.Entity).Order(StringComparer.Ordinal)]));
            }

            return new DiscreetEvent.DataChanged(rooms, _isComplete);
        }
    }
}
