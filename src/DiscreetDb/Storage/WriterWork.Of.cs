namespace DiscreetDb.Storage;

/// <summary>Work with a result.</summary>
internal sealed class WriterWork<T>(Func<WriteTransaction, T> work, bool isAlone) : WriterWork
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _registration;
    private T? _result;

    public Task<T> Task => _completion.Task;

    public override bool IsAlone => isAlone;

    /// <summary>Cancelling the token gives the work up as long as it waits.</summary>
    public void CancelWith(CancellationToken cancellationToken)
    {
        if (cancellationToken.CanBeCanceled)
        {
            _registration = cancellationToken.UnsafeRegister(
                static (state, token) => ((WriterWork)state!).TryCancel(new StopCondition(token).CreateFailure()), this);
        }
    }

    public override void Run(WriteTransaction transaction) => _result = work(transaction);

    public override void Complete()
    {
        _registration.Dispose();
        _completion.SetResult(_result!); // Run has set it
    }

    public override void Fail(Exception failure)
    {
        _registration.Dispose();
        _completion.SetException(failure);
    }
}
