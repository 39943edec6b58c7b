namespace DiscreetDb.Storage;

/// <summary>A piece of work in the writer's queue and the task of whoever waits for it.</summary>
internal abstract class WriterWork
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Given = 2;

    private int _state;

    /// <summary>Runs outside any transaction and between two groups: it commits by itself, or not at all.</summary>
    public abstract bool IsAlone { get; }

    /// <summary>From now on it runs to its end. False when it was cancelled while it waited.</summary>
    public bool TryBegin() => Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting;

    /// <summary>Does the work and keeps its result; throws what the work throws.</summary>
    public abstract void Run(WriteTransaction transaction);

    /// <summary>Hands the result to whoever waits.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception failure);

    /// <summary>Gives up work that has not begun.</summary>
    public void TryCancel(Exception reason)
    {
        if (Interlocked.CompareExchange(ref _state, Given, Waiting) == Waiting)
        {
            Fail(reason);
        }
    }
}
