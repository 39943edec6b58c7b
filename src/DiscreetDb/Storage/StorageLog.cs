using Microsoft.Extensions.Logging;

namespace DiscreetDb.Storage;

/// <summary>What storage tells the log. Event ids 100–199.</summary>
internal static partial class StorageLog
{
    [LoggerMessage(100, LogLevel.Information, "Opened {Path}: format {Format}, {SizeBytes} bytes")]
    public static partial void Opened(ILogger logger, string path, int format, long sizeBytes);

    [LoggerMessage(101, LogLevel.Information, "Created {Path}")]
    public static partial void Created(ILogger logger, string path);

    [LoggerMessage(102, LogLevel.Warning, "The write-ahead log of {Pages} pages could not be moved into the file; tried again later")]
    public static partial void CheckpointFailed(ILogger logger, int pages, Exception failure);

    [LoggerMessage(103, LogLevel.Error, "A listener of commits failed; the transaction is durable")]
    public static partial void ListenerFailed(ILogger logger, Exception failure);

    [LoggerMessage(104, LogLevel.Error, "Background work of the writer failed; tried again with the next write")]
    public static partial void BackgroundFailed(ILogger logger, Exception failure);

    [LoggerMessage(105, LogLevel.Information, "Upgrading {Path} from format {From} to {To}; backup at {Backup}")]
    public static partial void Upgrading(ILogger logger, string path, int from, int to, string backup);

    [LoggerMessage(106, LogLevel.Warning, "A reading connection failed and was replaced")]
    public static partial void ReaderReplaced(ILogger logger, Exception failure);
}
