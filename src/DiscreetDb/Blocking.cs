namespace DiscreetDb;

/// <summary>
/// The blocking twins: nothing below continues on the caller's context, so waiting for it on the caller's thread cannot
/// deadlock, wherever that thread belongs to.
/// </summary>
internal static class Blocking
{
    public static T Wait<T>(Task<T> call) => call.GetAwaiter().GetResult();

    public static void Wait(Task call) => call.GetAwaiter().GetResult();
}
