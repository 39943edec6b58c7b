using Microsoft.Extensions.Logging;

namespace DiscreetDb.Telemetry;

/// <summary>What the façade logs, event ids 1–99 (storage has 100–199). Never a text, a parameter or a value: those are the user's secrets.</summary>
internal static partial class LogMessages
{
    [LoggerMessage(1, LogLevel.Information, "Opened the database of {AppKey} in {Folder}, model version {ModelVersion}")]
    public static partial void Opened(this ILogger logger, string appKey, string folder, long modelVersion);

    [LoggerMessage(2, LogLevel.Information, "Closed the database")]
    public static partial void Closed(this ILogger logger);

    [LoggerMessage(3, LogLevel.Information, "Model version {ModelVersion} is in force")]
    public static partial void ModelUpdated(this ILogger logger, long modelVersion);

    [LoggerMessage(4, LogLevel.Information, "Backed up to {File}")]
    public static partial void BackedUp(this ILogger logger, string file);

    [LoggerMessage(5, LogLevel.Information, "Verified {CommitCount} commits and {RowCount} rows, {FindingCount} findings")]
    public static partial void Verified(this ILogger logger, long commitCount, long rowCount, int findingCount);

    [LoggerMessage(6, LogLevel.Information, "Rebuilt all tables from the log")]
    public static partial void Rebuilt(this ILogger logger);

    [LoggerMessage(7, LogLevel.Information, "Compacted the file")]
    public static partial void Compacted(this ILogger logger);

    [LoggerMessage(8, LogLevel.Critical, "The loop {Loop} ended with an error nobody expected")]
    public static partial void LoopFailed(this ILogger logger, string loop, Exception error);

    [LoggerMessage(10, LogLevel.Warning, "The file is a copy or a restored backup: it goes on as the new device {Device}")]
    public static partial void CopyOpened(this ILogger logger, Uid device);

    [LoggerMessage(11, LogLevel.Warning, "Peers know a log of this device otherwise: it goes on as the new device {Device}, and {Count} rows have new ids")]
    public static partial void DeviceReplaced(this ILogger logger, Uid device, int count);

    [LoggerMessage(9, LogLevel.Warning, "Values of deleted rows could not be erased; tried again tomorrow")]
    public static partial void ErasureFailed(this ILogger logger, Exception error);
}
