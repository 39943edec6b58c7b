using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>
/// The merge rules of log.md §3 as a pure function: from the valid commits that touch a row to the row. What the
/// projection does step by step must always equal this.
/// </summary>
internal sealed class RowMerger(LogStore store, ProjectionTables tables)
{
    private readonly List<RowOperation> _operations = [];

    /// <summary>Null when no valid commit inserts the row.</summary>
    public MergedRow? Merge(Uid row, IReadOnlyList<CommitNumber> commits, Func<string, string, int> fieldNo)
    {
        Collect(row, commits);
        if (FindInsert() is not { } insert)
        {
            return null;
        }

        string entity = insert.Commit.Body.EntityOf(insert.Operation);
        Uid room = insert.Commit.Log.Room;
        _operations.RemoveAll(other => other.Commit.Log.Room != room || other.Commit.Body.EntityOf(other.Operation) != entity
            || other.Commit.Stamp < insert.Commit.Stamp
            || (other.Operation.Kind == OperationKind.Insert && other != insert));
        _operations.Sort();
        EntityTable? table = tables.Find(entity);
        MergedRow merged = new()
        {
            Entity = entity,
            Insert = insert.Commit.Number,
            Room = room,
            IsDeleted = _operations.Exists(operation => operation.Operation.Kind == OperationKind.Delete),
            Image = table is null ? null : CreateImage(table, row, insert),
        };
        if (table is not null && !merged.IsDeleted)
        {
            Fold(merged, merged.Image!, insert, fieldNo);
        }

        return merged;
    }

    private void Collect(Uid row, IReadOnlyList<CommitNumber> commits)
    {
        _operations.Clear();
        HashSet<CommitNumber> seen = [];
        foreach (CommitNumber number in commits)
        {
            if (!seen.Add(number))
            {
                continue;
            }

            StoredCommit commit = store.Commits.Load(number);
            if (commit.IsVoid)
            {
                continue;
            }

            ReadOnlySpan<Operation> operations = commit.Body.Operations;
            for (int i = 0; i < operations.Length; i++)
            {
                if (operations[i].Row == row)
                {
                    _operations.Add(new RowOperation(commit, i));
                }
            }
        }
    }

    // Of two valid inserts with one id the smaller (clock, commit id) is the row.
    private RowOperation? FindInsert()
    {
        RowOperation? insert = null;
        foreach (RowOperation operation in _operations)
        {
            if (operation.Operation.Kind == OperationKind.Insert
                && (insert is null || operation < insert.Value))
            {
                insert = operation;
            }
        }

        return insert;
    }

    private RowImage CreateImage(EntityTable table, Uid row, RowOperation insert)
    {
        RowOperation newest = _operations[^1];
        return new RowImage(table)
        {
            Id = row,
            Room = insert.Commit.Log.Room,
            Cdate = insert.Commit.Hlc.Milliseconds,
            Creator = insert.Commit.Log.Author.UserNo,
            Insert = insert.Commit.Number,
            Mdate = newest.Commit.Hlc.Milliseconds,
            Author = newest.Commit.Log.Author.UserNo,
            Newest = newest.Commit.Number,
        };
    }

    // In ascending order, so the last operation to set a field or link is the winner.
    private void Fold(MergedRow merged, RowImage image, RowOperation insert, Func<string, string, int> fieldNo)
    {
        foreach (RowOperation operation in _operations)
        {
            if (operation.Operation.IsLink)
            {
                FoldLink(merged, image.Table, operation);
            }
            else
            {
                FoldValues(image, operation, operation == insert, fieldNo);
            }
        }
    }

    private static void FoldLink(MergedRow merged, EntityTable table, RowOperation operation)
    {
        if (operation.Commit.Body.TryReadLink(operation.Operation, out string? name, out Uid target) && table.FindLinks(name) is { } links)
        {
            merged.Links[(links, target)] = (operation.Commit.Number, operation.Operation.Kind == OperationKind.Link);
        }
    }

    private static void FoldValues(RowImage image, RowOperation operation, bool isInsert, Func<string, string, int> fieldNo)
    {
        FieldValueReader reader = operation.Commit.Body.ReadValues(operation.Operation);
        while (reader.TryRead(out int name, out Value value))
        {
            if (image.Table.FindField(operation.Commit.Body.Names[name]) is not { } field || !ValueFit.TryFit(field, value, out Value fitted))
            {
                continue;
            }

            image.Values[image.Table.ColumnOf(field)] = fitted;
            int no = fieldNo(image.Table.Entity.LogName, field.LogName);
            if (isInsert)
            {
                image.Versions?.Remove(no);
            }
            else
            {
                (image.Versions ??= new FieldVersions()).Set(no, operation.Commit.Number);
            }
        }
    }
}
