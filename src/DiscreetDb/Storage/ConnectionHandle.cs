using Microsoft.Win32.SafeHandles;

namespace DiscreetDb.Storage;

/// <summary>Closes the native connection, also when its owner was forgotten.</summary>
internal sealed class ConnectionHandle : SafeHandleZeroOrMinusOneIsInvalid
{
    public ConnectionHandle(nint connection)
        : base(ownsHandle: true) => SetHandle(connection);

    protected override bool ReleaseHandle() => Sqlite3.sqlite3_close_v2(handle) == Sqlite3.Ok;
}
