using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace DiscreetDb.Storage;

/// <summary>What a result code of SQLite means to a user of the engine.</summary>
internal static unsafe class SqliteError
{
    private const int FileTooBig = 27;
    private const int NoSpace = 28;
    private const int PermissionDenied = 13;
    private const int NotPermitted = 1;
    private const int ReadOnlyFileSystem = 30;
    private const int QuotaLinux = 122;
    private const int QuotaApple = 69;

    /// <summary>Throws what the last failed call on the connection means.</summary>
    [DoesNotReturn]
    public static void Throw(nint connection, int result, string action) => throw Create(connection, result, action);

    public static DiscreetException Create(nint connection, int result, string action)
    {
        int code = connection == 0 ? result : Sqlite3.sqlite3_extended_errcode(connection);
        if ((code & 0xff) != (result & 0xff))
        {
            code = result;
        }

        int systemError = connection == 0 ? 0 : Sqlite3.sqlite3_system_errno(connection);
        string reason = Marshal.PtrToStringUTF8((nint)(connection == 0 ? Sqlite3.sqlite3_errstr(result) : Sqlite3.sqlite3_errmsg(connection))) ?? "";
        string detail = systemError == 0 ? $"SQLite {code}" : $"SQLite {code}, system {systemError}";
        return new DiscreetException(Map(code, systemError), $"{action} failed: {reason} ({detail}).");
    }

    public static ErrorCode Map(int code, int systemError) => (code & 0xff) switch
    {
        Sqlite3.Busy or Sqlite3.Locked => ErrorCode.DatabaseInUse,
        Sqlite3.ReadOnly => ErrorCode.ReadOnly,
        Sqlite3.Interrupt => ErrorCode.Cancelled,
        Sqlite3.Corrupt or Sqlite3.NotADatabase => ErrorCode.DatabaseCorrupt,
        Sqlite3.Full => ErrorCode.DiskFull,
        Sqlite3.IoError when code == Sqlite3.IoErrorCorruptFs => ErrorCode.DatabaseCorrupt,
        Sqlite3.IoError or Sqlite3.CannotOpen => MapSystem(systemError),
        _ => ErrorCode.StorageFailed,
    };

    private static ErrorCode MapSystem(int systemError)
    {
        if (OperatingSystem.IsWindows())
        {
            return systemError switch
            {
                5 or 19 => ErrorCode.ReadOnly,
                39 or 112 => ErrorCode.DiskFull,
                _ => ErrorCode.StorageFailed,
            };
        }

        return systemError switch
        {
            NoSpace or FileTooBig or QuotaLinux or QuotaApple => ErrorCode.DiskFull,
            ReadOnlyFileSystem or PermissionDenied or NotPermitted => ErrorCode.ReadOnly,
            _ => ErrorCode.StorageFailed,
        };
    }
}
