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

    public static ValueTask<T> Translate<T>(Task<T> call) => Translate(new ValueTask<T>(call));

    public static async ValueTask Translate(Task call)
    {
        try
        {
            await call.ConfigureAwait(false);
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

    public static DiscreetException Error(OperationCanceledException? cancelled) =>
        new(ErrorCode.Cancelled, "The caller's token asked to stop.", cancelled);
}
