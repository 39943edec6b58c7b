namespace DiscreetDb.Storage;

/// <summary>What failures of files and folders mean to a user of the engine.</summary>
internal static class FileErrors
{
    private const int WindowsHandleDiskFull = unchecked((int)0x80070027);
    private const int WindowsDiskFull = unchecked((int)0x80070070);
    private const int WindowsWriteProtect = unchecked((int)0x80070013);
    private const int NoSpace = 28;
    private const int FileTooBig = 27;
    private const int ReadOnlyFileSystem = 30;

    public static ErrorCode Classify(Exception failure) => failure switch
    {
        UnauthorizedAccessException => ErrorCode.ReadOnly,
        IOException { HResult: WindowsHandleDiskFull or WindowsDiskFull } => ErrorCode.DiskFull,
        IOException { HResult: WindowsWriteProtect } => ErrorCode.ReadOnly,
        IOException { HResult: NoSpace or FileTooBig } when !OperatingSystem.IsWindows() => ErrorCode.DiskFull,
        IOException { HResult: ReadOnlyFileSystem } when !OperatingSystem.IsWindows() => ErrorCode.ReadOnly,
        _ => ErrorCode.StorageFailed,
    };

    public static DiscreetException Translate(Exception failure, string action) =>
        new(Classify(failure), $"{action} failed: {failure.Message}", failure);
}
