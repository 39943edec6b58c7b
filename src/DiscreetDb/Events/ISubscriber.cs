namespace DiscreetDb.Events;

/// <summary>
/// Told about every event of a database, in order. Called on the thread that made it happen, so an implementation notes
/// what it must and returns; it does not run a user's code.
/// </summary>
internal interface ISubscriber
{
    void OnChanged(ChangeSummary changes);

    void OnEvent(DiscreetEvent happened);

    /// <summary>The database was closed; nothing follows.</summary>
    void OnClosed();
}
