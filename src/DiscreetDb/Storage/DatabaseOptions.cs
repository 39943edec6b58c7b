using DiscreetDb.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace DiscreetDb.Storage;

/// <summary>What opening a file needs to know.</summary>
internal sealed record DatabaseOptions
{
    /// <summary>The file. Null: everything stays in memory and ends with the database.</summary>
    public string? Path { get; init; }

    /// <summary>The raw key of the file, 32 bytes. Not kept by the caller's reference: copied.</summary>
    public ReadOnlyMemory<byte> Key { get; init; }

    /// <summary>The application's key text; a file belongs to one application.</summary>
    public required string Application { get; init; }

    /// <summary>Where the writer and the waiting for it run.</summary>
    public required IScheduler Scheduler { get; init; }

    /// <summary>The clock of deadlines and of quiet times.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Where marks come from.</summary>
    public IRandomSource Random { get; init; } = SystemRandom.Instance;

    public CreateMode Create { get; init; } = CreateMode.IfMissing;

    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>Page cache of the writer. Default 16 MiB: the interior pages of ten million rows fit.</summary>
    public int WriterCacheBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Page cache of each reader at most. Default 32 MiB: see <see cref="PageCacheOptions.ReaderSizeBytes" />.</summary>
    public int ReaderCacheBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Reading connections at most. Default: twice the processors, at most four; each costs its page cache.</summary>
    public int ReaderCount { get; init; } = Math.Min(4, Environment.ProcessorCount * 2);

    /// <summary>SQL functions every connection knows.</summary>
    public IReadOnlyList<SqlFunction> Functions { get; init; } = [];

    /// <summary>Steps from older file formats, in order.</summary>
    public IReadOnlyList<FormatUpgrade> Upgrades { get; init; } = [];

    public ILogger Logger { get; init; } = NullLogger.Instance;
}
