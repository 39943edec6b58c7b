namespace DiscreetDb.Core;

/// <summary>A scheduler that runs everything on the caller's thread, one step at a time, in an order a seed determines.</summary>
internal sealed class ManualScheduler(ulong? seed = null) : IScheduler
{
    public ulong? Seed { get; } = seed;

    /// <summary>Steps that wait.</summary>
    public int PendingCount => throw new NotSupportedException();

    /// <summary>Runs one waiting step; false when there is none.</summary>
    public bool RunOne() => throw new NotSupportedException();

    /// <summary>Runs until nothing waits.</summary>
    public int RunUntilIdle(int maxSteps = 1_000_000) => throw new NotSupportedException();

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IWorkLoop CreateLoop(string name, Action drain) => throw new NotSupportedException();
}
