namespace DiscreetDb.Core;

/// <summary>
/// The clock local writes are dated by: always after everything stored in a log, so nobody can freeze a row by lying about
/// the time (log.md §3). Safe from any thread.
/// </summary>
internal sealed class HybridClock(TimeProvider timeProvider)
{
    private ulong _last;

    /// <summary>The greatest value given or observed.</summary>
    public Hlc Last => new(Volatile.Read(ref _last));

    /// <summary>max(now, last) + 1; a full counter carries into the milliseconds.</summary>
    public Hlc Next()
    {
        ulong now = Hlc.FromMilliseconds(NowMs()).Value;
        while (true)
        {
            ulong last = Volatile.Read(ref _last);
            ulong next = checked(Math.Max(now, last) + 1);
            if (Interlocked.CompareExchange(ref _last, next, last) == last)
            {
                return new Hlc(next);
            }
        }
    }

    /// <summary>Takes note of a commit stored in a log.</summary>
    public void Observe(Hlc hlc)
    {
        ulong last = Volatile.Read(ref _last);
        while (hlc.Value > last)
        {
            ulong seen = Interlocked.CompareExchange(ref _last, hlc.Value, last);
            if (seen == last)
            {
                return;
            }

            last = seen;
        }
    }

    /// <summary>The wall clock in milliseconds since 1970, within what an <see cref="Hlc" /> can hold.</summary>
    public long NowMs() => Math.Clamp(timeProvider.GetUtcNow().ToUnixTimeMilliseconds(), 0, Hlc.MaxMilliseconds);
}
