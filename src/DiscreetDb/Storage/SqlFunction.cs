namespace DiscreetDb.Storage;

/// <summary>
/// A deterministic scalar function in SQL. The callback is static and unmanaged
/// (<c>[UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]</c>); it gets the context, the number of arguments and the
/// arguments, answers through <see cref="SqlResult" />, and lets no exception out.
/// </summary>
internal sealed unsafe class SqlFunction(
    string name, int argumentCount, delegate* unmanaged[Cdecl]<nint, int, nint*, void> callback)
{
    /// <summary>For functions that take any number of arguments.</summary>
    public const int AnyArgumentCount = -1;

    public string Name { get; } = name;

    public int ArgumentCount { get; } = argumentCount;

    public delegate* unmanaged[Cdecl]<nint, int, nint*, void> Callback { get; } = callback;
}
