using DiscreetDb.Core;

namespace DiscreetDb;

/// <summary>What an engine is opened with: whose database, which model, and the seams it runs on.</summary>
internal sealed record EngineOptions
{
    /// <summary>The complete data model text.</summary>
    public required string Model { get; init; }

    /// <summary>Names the application worldwide.</summary>
    public required string AppKey { get; init; }

    /// <summary>The 32 secret bytes of the user.</summary>
    public required ReadOnlyMemory<byte> KeyMaterial { get; init; }

    /// <summary>The folder of the database files; must exist unless everything stays in memory.</summary>
    public required string Folder { get; init; }

    /// <summary>Where loops and reads run.</summary>
    public required IScheduler Scheduler { get; init; }

    /// <summary>Where keys and nonces come from.</summary>
    public required IRandomSource Random { get; init; }

    /// <summary>Durability, creation, clock, memory, name of the device.</summary>
    public DiscreetOptions Options { get; init; } = new();
}
