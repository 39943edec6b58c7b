namespace DiscreetDb.Storage;

/// <summary>When running statements give up: a token of the caller, a deadline, the closing of the database.</summary>
internal readonly struct StopCondition
{
    private readonly CancellationToken _caller;
    private readonly CancellationToken _closing;
    private readonly TimeProvider? _time;
    private readonly long _deadline;

    /// <param name="caller">What the caller cancels.</param>
    /// <param name="closing">Cancelled when the database closes.</param>
    public StopCondition(CancellationToken caller, CancellationToken closing = default)
    {
        _caller = caller;
        _closing = closing;
    }

    /// <summary>A condition with a deadline, so far away on that clock.</summary>
    public StopCondition(TimeProvider time, TimeSpan timeout, CancellationToken caller, CancellationToken closing = default)
        : this(caller, closing)
    {
        _time = time;
        _deadline = time.GetTimestamp() + (long)(timeout.TotalSeconds * time.TimestampFrequency);
    }

    public bool IsMet => _caller.IsCancellationRequested || _closing.IsCancellationRequested || IsLate;

    private bool IsLate => _time is not null && _time.GetTimestamp() >= _deadline;

    /// <summary>Throws when met.</summary>
    /// <exception cref="DiscreetException">Closed, Cancelled, TimedOut.</exception>
    public void ThrowIfMet()
    {
        if (IsMet)
        {
            throw CreateFailure();
        }
    }

    public DiscreetException CreateFailure()
    {
        if (_closing.IsCancellationRequested)
        {
            return new DiscreetException(ErrorCode.Closed, "The database was closed.");
        }

        return _caller.IsCancellationRequested || _time is null
            ? new DiscreetException(ErrorCode.Cancelled, "The operation was cancelled.", new OperationCanceledException(_caller))
            : new DiscreetException(ErrorCode.TimedOut, "The operation did not end before its deadline.");
    }
}
