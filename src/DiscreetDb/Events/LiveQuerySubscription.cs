using System.Collections.Frozen;

namespace DiscreetDb.Events;

/// <summary>Wakes a live query when its answer can have become another; many changes before it looks wake it once.</summary>
internal sealed class LiveQuerySubscription : ISubscriber
{
    private readonly Signal _signal = new();
    private volatile FrozenSet<string> _entities = [];

    /// <summary>Only changes of these entities wake; changes from now on are noticed.</summary>
    public void Watch(FrozenSet<string> entities) => _entities = entities;

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    public void OnChanged(ChangeSummary changes)
    {
        if (changes.Touches(_entities))
        {
            _signal.Raise();
        }
    }

    public void OnEvent(DiscreetEvent happened)
    {
        if (happened is DiscreetEvent.DataModelChanged)
        {
            _signal.Raise();
        }
    }

    public void OnClosed() => _signal.Close();
}
