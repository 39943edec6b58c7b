namespace DiscreetDb.Core;

/// <summary>
/// Where work runs. In production threads; in the simulator events of one seeded queue. Engine code never starts a task
/// or thread of its own.
/// </summary>
internal interface IScheduler
{
    /// <summary>Runs blocking work away from the caller: a read, a verification.</summary>
    Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken);

    /// <summary>
    /// A loop that calls <paramref name="drain" /> once after one or more signals, never twice at a time. In production it
    /// owns a thread. Disposing it waits for a running drain to end.
    /// </summary>
    IWorkLoop CreateLoop(string name, Action drain);
}

/// <summary>A loop of an <see cref="IScheduler" />.</summary>
internal interface IWorkLoop : IDisposable
{
    /// <summary>Asks for one more drain. Cheap; may be called from anywhere.</summary>
    void Signal();
}
