namespace DiscreetDb;

/// <summary>When a write is acknowledged.</summary>
public enum Durability
{
    /// <summary>After the disk confirmed it: it survives a power failure.</summary>
    Full,

    /// <summary>After the operating system has it: it survives a crash of the process, not a power failure.</summary>
    Normal,
}

/// <summary>Whether opening may create a database.</summary>
public enum CreateMode
{
    /// <summary>A missing database is created.</summary>
    IfMissing,

    /// <summary>A missing database is <see cref="ErrorCode.DatabaseNotFound" />: what a mistyped password looks like.</summary>
    Never,
}

/// <summary>Everything about an open database that has a default.</summary>
public sealed record DiscreetOptions
{
    /// <summary>Default: Full.</summary>
    public Durability Durability { get; init; } = Durability.Full;

    /// <summary>Default: IfMissing.</summary>
    public CreateMode Create { get; init; } = CreateMode.IfMissing;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Keeps everything in memory; for an application's own tests. Default: off.</summary>
    public bool InMemory { get; init; }
}
