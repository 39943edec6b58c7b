namespace DiscreetDb.Network;

/// <summary>Waiting calls go on on the thread pool.</summary>
internal sealed class PoolWakes : IWakes
{
    public static PoolWakes Instance { get; } = new();

    public Waiter CreateWaiter() => new(isAsynchronous: true);

    public void Wake(Waiter waiter) => waiter.Set();
}
