using DiscreetDb.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiscreetDb;

/// <summary>Everything about an open database that has a default. Checked once, when the database is opened.</summary>
/// <example>
/// <code>
/// DiscreetOptions options = new() { Create = CreateMode.Never, Durability = Durability.Normal };
/// </code>
/// </example>
public sealed record DiscreetOptions
{
    /// <summary>When a write is acknowledged. Default: Full, because nothing acknowledged should be lost.</summary>
    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>Whether opening may create a database. Default: IfMissing, so that a first start needs no special case.</summary>
    public CreateMode Create { get; init; } = CreateMode.IfMissing;

    /// <summary>The clock that dates commits. Default: the system's. <see cref="ManualClock" /> serves an application's own tests.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Keeps everything in memory, nothing on disk; for an application's own tests. Default: off.</summary>
    public bool InMemory { get; init; }

    /// <summary>
    /// What the user's other devices and everybody who shares a room call this one; given when the database is created. At
    /// most <see cref="Limits.DeviceNameSizeBytes" /> bytes of UTF-8. Default: <c>device</c>, and not the name of the
    /// machine, which would be told to strangers.
    /// </summary>
    public string DeviceName { get; init; } = "device";

    /// <summary>
    /// A folder searched first for libsodium and SQLCipher, for an application that ships its own. A process loads them once:
    /// the first opening decides. Default: none, so that the variable <c>DISCREET_NATIVE_PATH</c>, the application's folder and
    /// the system's are searched.
    /// </summary>
    public string? NativeLibraryFolder { get; init; }

    /// <summary>Connections that read at the same time. Default: 4, because more readers than cores only cost memory.</summary>
    public int ReaderCount { get; init; } = 4;

    /// <summary>Memory for decrypted pages.</summary>
    public PageCacheOptions PageCache { get; init; } = new();

    /// <summary>Where the engine writes its log. Default: nowhere.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>The options, if they are possible.</summary>
    /// <exception cref="ArgumentException">A value is out of its range; the message names the property and the range.</exception>
    internal DiscreetOptions Validate()
    {
        RequireDefined(Durability, nameof(Durability));
        RequireDefined(Create, nameof(Create));
        ArgumentNullException.ThrowIfNull(TimeProvider, nameof(TimeProvider));
        ArgumentNullException.ThrowIfNull(PageCache, nameof(PageCache));
        ArgumentNullException.ThrowIfNull(Logger, nameof(Logger));
        RequireDeviceName(DeviceName);
        RequireRange(ReaderCount, 1, Limits.ReaderCount, nameof(ReaderCount));
        RequireRange(PageCache.WriterSizeBytes, Limits.PageCacheMinSizeBytes, Limits.PageCacheMaxSizeBytes, nameof(PageCacheOptions.WriterSizeBytes));
        RequireRange(PageCache.ReaderSizeBytes, Limits.PageCacheMinSizeBytes, Limits.PageCacheMaxSizeBytes, nameof(PageCacheOptions.ReaderSizeBytes));
        return this;
    }

    private static void RequireDeviceName(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, nameof(DeviceName));
        DeviceCertificate.RequireName(name, nameof(DeviceName));
    }

    private static void RequireDefined<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} has no such value.");
        }
    }

    private static void RequireRange(long value, long min, long max, string name)
    {
        if (value < min || value > max)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is between {min} and {max}.");
        }
    }
}
