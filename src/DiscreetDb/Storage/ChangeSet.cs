namespace DiscreetDb.Storage;

/// <summary>What happened to a row.</summary>
internal enum ChangeKind
{
    Inserted,
    Updated,
    Deleted,
}

/// <summary>One changed row. A null room is a local row. The entity is its canonical name.</summary>
internal readonly record struct RowChange(string Entity, Uid? Room, Uid Row, ChangeKind Kind);

/// <summary>What a transaction changed: what events, live queries and the push to peers hang on.</summary>
internal sealed class ChangeSet
{
    private readonly List<RowChange> _rows = [];

    public IReadOnlyList<RowChange> Rows => _rows;

    public int Count => _rows.Count;

    public void Add(string entity, Uid? room, Uid row, ChangeKind kind) => _rows.Add(new RowChange(entity, room, row, kind));

    /// <summary>Takes back everything after the first <paramref name="count" /> changes.</summary>
    public void Truncate(int count) => _rows.RemoveRange(count, _rows.Count - count);
}
