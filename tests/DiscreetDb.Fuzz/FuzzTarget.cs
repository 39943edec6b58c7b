namespace DiscreetDb.Fuzz;

/// <summary>One parser or decoder: what to feed it, and what it must never do.</summary>
/// <remarks><see cref="Run" /> throws when the target breaks a promise, and returns for input that is taken or refused.</remarks>
internal abstract class FuzzTarget : IAsyncDisposable
{
    /// <summary>Also the name of its folder in the corpus.</summary>
    public abstract string Name { get; }

    /// <summary>Valid input that mutations start from.</summary>
    public abstract IReadOnlyList<byte[]> Seeds { get; }

    /// <summary>Share of the usual number of runs; for what is slow by design.</summary>
    public virtual double Dose => 1;

    /// <summary>Most bytes one run may allocate, beside a multiple of its input: a decoder checks bounds before it allocates.</summary>
    public virtual long AllocationSizeBytes => 4 * 1024 * 1024;

    public abstract void Run(byte[] input);

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
