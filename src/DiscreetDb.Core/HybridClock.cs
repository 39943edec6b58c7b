namespace DiscreetDb.Core;

/// <summary>
/// The clock local writes are dated by: always after everything stored in a log, so nobody can freeze a row by lying about
/// the time (log.md §3). Safe from any thread.
/// </summary>
internal sealed class HybridClock(TimeProvider timeProvider)
{
    /// <summary>The greatest value given or observed.</summary>
    public Hlc Last => throw new NotSupportedException();

    /// <summary>max(now, last) + 1; a full counter carries into the milliseconds.</summary>
    public Hlc Next() => throw new NotSupportedException();

    /// <summary>Takes note of a commit stored in a log.</summary>
    public void Observe(Hlc hlc) => throw new NotSupportedException();

    /// <summary>The wall clock in milliseconds since 1970, never below 0.</summary>
    public long NowMs() => Math.Max(0, timeProvider.GetUtcNow().ToUnixTimeMilliseconds());
}
