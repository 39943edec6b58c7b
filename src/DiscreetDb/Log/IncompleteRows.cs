using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// What rows that are not shown still lack. Without it every change of such a row would merge its whole history again, and
/// a peer could make that as long as it likes (I12). A memory only: what is not in it is merged once and then is.
/// </summary>
internal sealed class IncompleteRows
{
    private const int MaxCount = 4_096;

    private readonly Dictionary<Uid, Incomplete> _rows = [];

    /// <summary>Notes what a merged row lacks.</summary>
    public void Set(WriteTransaction transaction, Uid row, MergedRow merged, RowImage image)
    {
        if (_rows.Count == MaxCount)
        {
            _rows.Clear();
        }

        _rows[row] = new Incomplete(merged.Room, image.Table, merged.Insert, [.. image.MissingFields]);
        transaction.OnRollback(Clear);
    }

    /// <summary>Whether the row is known to stay incomplete after an operation with these values.</summary>
    public bool StaysIncomplete(ProjectionStore store, ProjectedCommit scope, EntityTable table, Uid row, ReadOnlySpan<FieldAssignment> values)
    {
        if (!_rows.TryGetValue(row, out Incomplete? incomplete))
        {
            return false;
        }

        if (incomplete.Room != scope.Room || incomplete.Table != table || !scope.IsAfter(store, incomplete.Insert))
        {
            return true;
        }

        foreach (ref readonly FieldAssignment assignment in values)
        {
            // Once a fitting value was given, no later operation takes it away: null does not fit a required field.
            if (ValueFit.TryFit(assignment.Field, assignment.Value, out _) && incomplete.Missing.Remove(assignment.Field))
            {
                scope.Transaction.OnRollback(Clear);
            }
        }

        return incomplete.Missing.Count > 0;
    }

    public void Remove(Uid row) => _rows.Remove(row);

    public void Clear() => _rows.Clear();

    private sealed record Incomplete(Uid Room, EntityTable Table, CommitNumber Insert, HashSet<Field> Missing);
}
