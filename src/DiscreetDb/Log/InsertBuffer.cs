using System.Runtime.InteropServices;

namespace DiscreetDb.Log;

/// <summary>
/// Insertions that wait to be projected together, in the order of their ids. Rows of one commit have one date, and every list
/// by date goes on by id: so rows that are read together lie together, and indexes grow at their ends (docs/adr/0019).
/// </summary>
internal sealed class InsertBuffer(Projection projection)
{
    private readonly List<PendingInsert> _pending = [];
    private readonly List<FieldAssignment> _values = [];

    /// <summary>Takes an insertion; the values are copied.</summary>
    public void Add(ProjectedCommit scope, EntityTable table, Uid row, ReadOnlySpan<FieldAssignment> values)
    {
        _pending.Add(new PendingInsert(scope, table, row, _values.Count, values.Length));
        _values.AddRange(values);
    }

    /// <summary>Projects what waits. Comes before whatever must see those rows, and before their commit is settled.</summary>
    public void Flush()
    {
        if (_pending.Count > 1)
        {
            _pending.Sort(static (left, right) => left.Row.CompareTo(right.Row));
        }

        ReadOnlySpan<FieldAssignment> values = CollectionsMarshal.AsSpan(_values);
        foreach (ref readonly PendingInsert insert in CollectionsMarshal.AsSpan(_pending))
        {
            projection.Insert(insert.Scope, insert.Table, insert.Row, values.Slice(insert.Start, insert.Count));
        }

        Clear();
    }

    /// <summary>Forgets what waits: its transaction was rolled back.</summary>
    public void Clear()
    {
        _pending.Clear();
        _values.Clear();
    }

    private readonly record struct PendingInsert(ProjectedCommit Scope, EntityTable Table, Uid Row, int Start, int Count);
}
