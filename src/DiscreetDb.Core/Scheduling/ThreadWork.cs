namespace DiscreetDb.Core;

/// <summary>One piece of work on the thread pool. What it throws goes to whoever awaits it.</summary>
internal sealed class ThreadWork<T>(Func<T> work, SemaphoreSlim free, CancellationToken cancellationToken) : IThreadPoolWorkItem
{
    private readonly TaskCompletionSource<T> _completion = new();

    public Task<T> Task => _completion.Task;

    public void Execute()
    {
        T result;
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            result = work();
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == cancellationToken)
        {
            free.Release();
            _completion.TrySetCanceled(cancellationToken);
            return;
        }
        catch (Exception failure)
        {
            free.Release();
            _completion.TrySetException(failure);
            return;
        }

        // Released first: what is continued here may be long.
        free.Release();
        _completion.TrySetResult(result);
    }
}
