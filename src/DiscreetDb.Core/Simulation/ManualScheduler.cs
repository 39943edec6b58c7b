using System.Diagnostics;

namespace DiscreetDb.Core;

/// <summary>
/// A scheduler that runs everything on the caller's thread, one step at a time: in the order it was asked for, or with a
/// seed in an order the seed determines. For tests and simulation; used by one thread.
/// </summary>
internal sealed class ManualScheduler(IRandomSource? random = null) : IScheduler
{
    private const int MaxSteps = 1_000_000;

    private readonly List<Action> _steps = [];
    private readonly List<Exception> _loopFailures = [];

    /// <summary>Steps that wait.</summary>
    public int PendingCount => _steps.Count;

    /// <summary>What drains threw, oldest first.</summary>
    public IReadOnlyList<Exception> LoopFailures => _loopFailures;

    public Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        var completion = new TaskCompletionSource<T>();
        _steps.Add(() => Complete(completion, work, cancellationToken));
        return completion.Task;
    }

    public IWorkLoop CreateLoop(string name, Action drain) => new Loop(this, drain);

    /// <summary>Runs one waiting step; false when there is none.</summary>
    public bool RunOne()
    {
        if (_steps.Count == 0)
        {
            return false;
        }

        int index = random is null ? 0 : Choose(random, _steps.Count);
        Action step = _steps[index];
        _steps.RemoveAt(index);
        step();
        return true;
    }

    /// <summary>Runs until nothing waits; returns how many steps that took.</summary>
    /// <exception cref="InvalidOperationException">Steps made steps without end.</exception>
    public int RunUntilIdle(int maxSteps = MaxSteps)
    {
        int count = 0;
        while (RunOne())
        {
            if (++count == maxSteps)
            {
                throw new InvalidOperationException($"Still not idle after {maxSteps} steps.");
            }
        }

        return count;
    }

    /// <summary>Runs until the task has ended, and gives what it gave.</summary>
    /// <exception cref="InvalidOperationException">Nothing waits and the task has not ended: it never will.</exception>
    public T RunUntilCompleted<T>(Task<T> task)
    {
        for (int count = 0; !task.IsCompleted; count++)
        {
            if (count == MaxSteps || !RunOne())
            {
                throw new InvalidOperationException($"The task has not ended after {count} steps, and {_steps.Count} wait.");
            }
        }

        return task.GetAwaiter().GetResult();
    }

    private static void Complete<T>(TaskCompletionSource<T> completion, Func<T> work, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            completion.SetCanceled(cancellationToken);
            return;
        }

        T result;
        try
        {
            result = work();
        }
        catch (OperationCanceledException cancelled) when (cancelled.CancellationToken == cancellationToken)
        {
            completion.SetCanceled(cancellationToken);
            return;
        }
        catch (Exception failure)
        {
            completion.SetException(failure);
            return;
        }

        completion.SetResult(result);
    }

    private static int Choose(IRandomSource random, int count)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        random.Fill(bytes);
        return (int)(BitConverter.ToUInt64(bytes) % (ulong)count);
    }

    private sealed class Loop(ManualScheduler scheduler, Action drain) : IWorkLoop
    {
        private bool _isSignalled;
        private bool _isDraining;
        private bool _isDisposed;

        public void Signal()
        {
            if (_isSignalled || _isDisposed)
            {
                return;
            }

            _isSignalled = true;
            scheduler._steps.Add(Drain);
        }

        // A drain that was asked for happens here, as the production loop does it before it ends.
        public void Dispose()
        {
            if (_isDisposed)
            {
                return;
            }

            _isDisposed = true;
            if (!_isDraining)
            {
                Drain();
            }
        }

        private void Drain()
        {
            if (!_isSignalled)
            {
                return;
            }

            Debug.Assert(!_isDraining, "A loop never drains twice at a time.");
            _isSignalled = false;
            _isDraining = true;
            try
            {
                drain();
            }
            catch (Exception failure)
            {
                scheduler._loopFailures.Add(failure);
            }
            finally
            {
                _isDraining = false;
            }
        }
    }
}
