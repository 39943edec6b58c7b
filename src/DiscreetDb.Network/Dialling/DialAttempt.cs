namespace DiscreetDb.Network;

/// <summary>One way to reach a peer.</summary>
/// <param name="Delay">After the beginning of the race; earlier when all before it have failed.</param>
/// <param name="RunAsync">Gives the peer, or null when this way does not lead there.</param>
internal sealed record DialAttempt<T>(TimeSpan Delay, Func<CancellationToken, Task<T?>> RunAsync)
    where T : class;
