using DiscreetDb.Storage;

namespace DiscreetDb.Events;

/// <summary>A room (null: local rows) and an entity by its canonical name.</summary>
internal readonly record struct ChangedEntity(Uid? Room, string Entity);

/// <summary>What one durable transaction changed, made once for every subscriber; the rows are valid while they are told.</summary>
internal sealed class ChangeSummary
{
    public ChangeSummary(ChangeSet changes)
    {
        HashSet<ChangedEntity> pairs = [];
        ChangedEntity previous = default;
        foreach (RowChange row in changes.Rows)
        {
            // Rows of one mutation mostly share room and entity: comparing with the one before saves the hashing.
            ChangedEntity pair = new(row.Room, row.Entity);
            if (pair != previous)
            {
                pairs.Add(pair);
                previous = pair;
            }
        }

        Rows = changes;
        Pairs = pairs;
    }

    public ChangeSet Rows { get; }

    public IReadOnlyCollection<ChangedEntity> Pairs { get; }
}
