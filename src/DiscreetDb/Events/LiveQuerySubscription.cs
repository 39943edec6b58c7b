using DiscreetDb.Query.Plans;

namespace DiscreetDb.Events;

/// <summary>
/// Wakes a live query when its answer can have become another; many changes before it looks wake it once. Until the first
/// answer tells what it depends on, every change counts: none falls between listening and reading.
/// </summary>
internal sealed class LiveQuerySubscription : ISubscriber
{
    private readonly Lock _lock = new();
    private readonly Signal _signal = new();
    private AnswerDependencies? _dependencies;

    /// <summary>From now on only changes that meet these wake.</summary>
    public void Watch(AnswerDependencies dependencies)
    {
        lock (_lock)
        {
            _dependencies = dependencies;
        }
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _signal.WaitAsync(cancellationToken);

    public void OnChanged(ChangeSummary changes)
    {
        AnswerDependencies? dependencies;
        lock (_lock)
        {
            dependencies = _dependencies;
        }

        if (dependencies is null || dependencies.Value.AreMetBy(changes.Rows))
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
