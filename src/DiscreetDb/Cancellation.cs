namespace DiscreetDb;

/// <summary>At the public edge a cancelled call is a <see cref="ErrorCode.Cancelled" /> like every other failure.</summary>
internal static class Cancellation
{
    public static async ValueTask<T> Translate<T>(ValueTask<T> call)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw Error(cancelled);
        }
    }

    public static void ThrowIfRequested(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            throw Error(null);
        }
    }

    private static DiscreetException Error(Exception? inner) =>
        new(ErrorCode.Cancelled, "The caller's token asked to stop before the call had an effect.", inner);
}
