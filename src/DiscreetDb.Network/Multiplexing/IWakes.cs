namespace DiscreetDb.Network;

/// <summary>How waiting calls are woken: on the thread pool, or as events of virtual time. May be called under a lock.</summary>
internal interface IWakes
{
    Waiter CreateWaiter();

    /// <summary>Has the waiter set, soon; runs nothing of its caller's before it returns.</summary>
    void Wake(Waiter waiter);
}
