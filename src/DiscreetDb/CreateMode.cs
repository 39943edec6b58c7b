namespace DiscreetDb;

/// <summary>Whether opening may create a database.</summary>
public enum CreateMode
{
    /// <summary>A missing database is created.</summary>
    IfMissing,

    /// <summary>A missing database is <see cref="ErrorCode.DatabaseNotFound" />: what a mistyped password looks like.</summary>
    Never,
}
