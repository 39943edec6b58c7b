using System.Threading.Tasks.Sources;

namespace DiscreetDb.Network;

/// <summary>
/// One place to wait, used again and again by one waiter at a time. The waiter arms it under the lock that guards what it
/// waits for, leaves the lock and awaits; whoever changes that sets it. It may wake for nothing: look again.
/// </summary>
/// <param name="isAsynchronous">
/// False where the thread that sets it is the one that everything runs on, as in virtual time.
/// </param>
internal sealed class Waiter(bool isAsynchronous) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _core = new() { RunContinuationsAsynchronously = isAsynchronous };
    private CancellationTokenRegistration _registration;
    private int _isArmed;

    /// <exception cref="InvalidOperationException">Somebody waits already.</exception>
    public void Arm()
    {
        if (Volatile.Read(ref _isArmed) != 0)
        {
            throw new InvalidOperationException("Another call of the same kind is still running.");
        }

        _core.Reset();
        Volatile.Write(ref _isArmed, 1);
    }

    public ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(static (state, token) => ((Waiter)state!).Cancel(token), this);
        }

        return new ValueTask(this, _core.Version);
    }

    /// <summary>Wakes whoever waits.</summary>
    public void Set()
    {
        if (Interlocked.Exchange(ref _isArmed, 0) != 0)
        {
            _core.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token)
    {
        // Waits for a cancellation that is under way, which must not reach the next wait.
        _registration.Dispose();
        _registration = default;
        _core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    private void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isArmed, 0) != 0)
        {
            _core.SetException(new OperationCanceledException(cancellationToken));
        }
    }
}
