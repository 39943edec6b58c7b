namespace DiscreetDb.Core;

/// <summary>
/// The scheduler of production: blocking work on the thread pool, so many pieces at a time and the others waiting, and each
/// loop on a thread of its own.
/// </summary>
internal sealed class ThreadScheduler : IScheduler, IDisposable
{
    private readonly Action<string, Exception> _onLoopFailure;
    private readonly SemaphoreSlim _free;

    /// <param name="onLoopFailure">
    /// Told the name of a loop whose drain threw, and what; the loop goes on. It must not throw itself: that ends the
    /// process.
    /// </param>
    /// <param name="concurrency">
    /// Pieces of work at a time; default: enough that blocked ones do not idle the processor, few enough to leave the
    /// pool to the application.
    /// </param>
    public ThreadScheduler(Action<string, Exception> onLoopFailure, int? concurrency = null)
    {
        _onLoopFailure = onLoopFailure;
        _free = new SemaphoreSlim(concurrency ?? Math.Max(4, 2 * Environment.ProcessorCount));
    }

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return Task.FromCanceled<T>(cancellationToken);
        }

        return _free.Wait(0, CancellationToken.None) ? Start(work, cancellationToken) : StartWhenFreeAsync(work, cancellationToken);
    }

    public IWorkLoop CreateLoop(string name, Action drain) => new ThreadLoop(name, drain, _onLoopFailure);

    /// <summary>Ends nothing; work must have ended before.</summary>
    public void Dispose() => _free.Dispose();

    private async Task<T> StartWhenFreeAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        return await Start(work, cancellationToken).ConfigureAwait(false);
    }

    private Task<T> Start<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var item = new ThreadWork<T>(work, _free, cancellationToken);
        ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);
        return item.Task;
    }
}
