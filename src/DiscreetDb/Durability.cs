namespace DiscreetDb;

/// <summary>When a write is acknowledged.</summary>
public enum Durability
{
    /// <summary>After the disk confirmed it: it survives a power failure.</summary>
    Full,

    /// <summary>After the operating system has it: it survives a crash of the process, not a power failure.</summary>
    Normal,
}
