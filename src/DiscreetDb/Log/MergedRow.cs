namespace DiscreetDb.Log;

/// <summary>What the log makes of one row that has a valid insert.</summary>
internal sealed class MergedRow
{
    /// <summary>Log name of the entity the insert names.</summary>
    public required string Entity { get; init; }

    public required CommitNumber Insert { get; init; }

    /// <summary>Zero for a local row.</summary>
    public required Uid Room { get; init; }

    public required bool IsDeleted { get; init; }

    /// <summary>The row, or null when the model does not know the entity.</summary>
    public RowImage? Image { get; init; }

    /// <summary>The winning operation on each link that starts at the row.</summary>
    public Dictionary<(LinkTable Links, Uid Target), (CommitNumber Commit, bool IsPresent)> Links { get; } = [];

    /// <summary>Whether queries see it.</summary>
    public bool IsShown => !IsDeleted && Image is { IsComplete: true };
}
