using DiscreetDb.Storage;

namespace DiscreetDb.Events;

/// <summary>A room (null: local rows) and an entity by its canonical name.</summary>
internal readonly record struct ChangedEntity(Uid? Room, string Entity);

/// <summary>What one durable transaction changed, made once for every subscriber; the rows are valid while they are told.</summary>
internal sealed class ChangeSummary
{
    private const string RoomEntity = "sys.Room";

    private readonly HashSet<Uid>? _rooms;

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

            if (row.Entity == RoomEntity)
            {
                (_rooms ??= []).Add(row.Row);
            }
        }

        Rows = changes;
        Pairs = pairs;
    }

    /// <summary>The rooms whose definition changed: the row of a room is touched by whatever changes in it.</summary>
    public IReadOnlyCollection<Uid> ModifiedRooms => _rooms ?? (IReadOnlyCollection<Uid>)[];

    public ChangeSet Rows { get; }

    public IReadOnlyCollection<ChangedEntity> Pairs { get; }
}
