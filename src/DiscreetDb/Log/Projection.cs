using System.Runtime.InteropServices;
using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Turns operations into rows, one by one, in whatever order commits arrive (log.md §3, I6). An operation of the newest
/// commit wins without a look at what is there; any other is compared with the winner of each field it sets. Where one step
/// cannot decide (a history that came before its row, a row that is not shown) the row is merged from the log.
/// </summary>
internal sealed class Projection
{
    private readonly ProjectionStore _store;
    private readonly LinkProjection _links;
    private readonly RowReprojection _reprojection;
    private readonly List<FieldAssignment> _assignments = [];
    private readonly RowUpdate _update = new();
    private readonly Dictionary<EntityTable, RowImage> _images = [];
    private readonly InsertBuffer _inserts;

    public Projection(ProjectionStore store)
    {
        _store = store;
        _inserts = new InsertBuffer(this);
        _links = new LinkProjection(store);
        _reprojection = new RowReprojection(store, _links);
    }

    public ProjectionTables Tables => _store.Tables;

    private Connection Connection => _store.Connection;

    /// <summary>Projects a stored data commit.</summary>
    public void Apply(WriteTransaction transaction, StoredCommit commit, bool isNewest)
    {
        ProjectedCommit scope = new(transaction, commit.Log, commit.Number, commit.Stamp, isNewest);
        _inserts.Clear();
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            if (operation.Kind != OperationKind.Insert)
            {
                _inserts.Flush();
            }

            Apply(scope, commit.Body, operation);
        }

        _inserts.Flush();
        Settle(scope);
    }

    public void Insert(ProjectedCommit scope, EntityTable table, Uid row, ReadOnlySpan<FieldAssignment> values)
    {
        RowImage image = ImageOf(table);
        foreach (ref readonly FieldAssignment assignment in values)
        {
            if (ValueFit.TryFit(assignment.Field, assignment.Value, out Value fitted))
            {
                image.Values[table.ColumnOf(assignment.Field)] = fitted;
            }
        }

        bool wasTouched = _store.History.Has(row);
        if (!wasTouched && image.IsComplete)
        {
            Show(scope, image, row);
            return;
        }

        _store.History.Add(row, HistoryKind.Insert, scope.Number);
        if (wasTouched)
        {
            scope.Unsettled.Add((table.Entity.LogName, row));
        }
    }

    public void Update(ProjectedCommit scope, EntityTable table, Uid row, ReadOnlySpan<FieldAssignment> values)
    {
        _store.History.Add(row, HistoryKind.Change, scope.Number);
        if (!TryFindShown(scope, table, row, values, out RowMeta meta))
        {
            return;
        }

        _update.Clear();
        _update.Versions = meta.Versions ?? new FieldVersions();
        foreach (ref readonly FieldAssignment assignment in values)
        {
            if (ValueFit.TryFit(assignment.Field, assignment.Value, out Value fitted))
            {
                SetField(scope, table, _update.Versions, new FieldAssignment(assignment.Field, fitted));
            }
        }

        Write(scope, table, row, meta);
    }

    public void Delete(ProjectedCommit scope, string entity, Uid row)
    {
        _store.History.Add(row, HistoryKind.Delete, scope.Number);
        if (Tables.Find(entity) is { } table && table.TryReadMeta(Connection, row, out RowMeta meta))
        {
            if (IsEffective(scope, meta))
            {
                _reprojection.Hide(scope.Transaction, table, row, meta);
                _reprojection.Bury(scope.Transaction, entity, row);
                scope.Transaction.Note(table, scope.Room, row, ChangeKind.Deleted);
            }

            return;
        }

        if (_store.History.InsertsOf(row).Count > 0 && !_store.Tombstones.Contains(row))
        {
            scope.Unsettled.Add((entity, row));
        }
    }

    /// <summary>Projects a link or unlink; <paramref name="links" /> is null when the model does not know the relation.</summary>
    public void Link(ProjectedCommit scope, EntityTable table, Uid row, LinkTable? links, Uid target, bool isPresent)
    {
        _store.History.Add(row, HistoryKind.Change, scope.Number);
        if (!TryFindShown(scope, table, row, [], out RowMeta meta))
        {
            return;
        }

        if (links is not null)
        {
            _links.Apply(scope, links, row, target, isPresent);
        }

        if (meta.Newest != scope.Number && scope.IsAfter(_store, meta.Newest))
        {
            table.Touch(Connection, row, scope.Mdate, scope.Log.Author.UserNo, scope.Number);
        }

        scope.Transaction.Note(table, scope.Room, row, ChangeKind.Updated);
    }

    /// <summary>Ends a commit: merges the rows one step could not decide. The commit is stored by now.</summary>
    public void Settle(ProjectedCommit scope)
    {
        foreach ((string entity, Uid row) in scope.Unsettled)
        {
            Reproject(scope.Transaction, entity, row);
        }

        scope.Unsettled.Clear();
    }

    /// <summary>Projects one row again from the log alone; <paramref name="entity" /> says in which table it may be shown.</summary>
    public void Reproject(WriteTransaction transaction, string entity, Uid row) => _reprojection.Reproject(transaction, entity, row);

    /// <summary>Notes which rows a void commit touched, so that they are found when it ceases to be void.</summary>
    public void Remember(StoredCommit commit)
    {
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            _store.History.Add(operation.Row, operation.HistoryKind, commit.Number);
        }
    }

    /// <summary>The user who inserted a row of this entity in this room; null when no valid insert is here.</summary>
    public VerifyingKey? FindCreator(string entity, Uid row, Uid room) =>
        FindCreator(entity, row, room, new CommitStamp(new Hlc(ulong.MaxValue), default), isBehind: false);

    /// <summary>
    /// The user who inserted a row of this entity in this room; null when no valid insert is here, or it is dated after
    /// <paramref name="stamp" />.
    /// </summary>
    public VerifyingKey? FindCreator(string entity, Uid row, Uid room, CommitStamp stamp, bool isBehind)
    {
        CommitNumber? insert = Tables.Find(entity) is { } table && table.TryReadMeta(Connection, row, out RowMeta meta)
            && !(isBehind && _store.Log.Commits.Load(meta.Insert).IsVoid)
            ? meta.Insert
            : FindHiddenInsert(entity, row);
        if (insert is not { } number)
        {
            return null;
        }

        DeviceLog log = _store.Log.Logs.Get(number.Log);
        return log.Room == room && stamp >= _store.StampOf(number) ? log.Author.User : null;
    }

    /// <summary>Whether other commits than its insert may have touched a row; false is certain.</summary>
    public bool MayBeTouched(Uid row) => _store.History.MayHave(row);

    /// <summary>Adds the commits that touched a row, beside the insert it is shown by.</summary>
    public void ReadHistory(Uid row, List<CommitNumber> commits) => _store.History.Read(row, commits);

    /// <summary>Forgets that a commit touched its rows, none of which it has a part in any more.</summary>
    public void Forget(StoredCommit commit)
    {
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            _store.History.Remove(operation.Row, operation.HistoryKind, commit.Number);
        }
    }

    private void Apply(ProjectedCommit scope, CommitBody body, in Operation operation)
    {
        string entity = body.EntityOf(operation);
        if (operation.Kind == OperationKind.Delete)
        {
            Delete(scope, entity, operation.Row);
        }
        else if (Tables.Find(entity) is { } table)
        {
            Apply(scope, table, body, operation);
        }
        else
        {
            ApplyUnknown(scope, entity, operation);
        }
    }

    private void Apply(ProjectedCommit scope, EntityTable table, CommitBody body, in Operation operation)
    {
        switch (operation.Kind)
        {
            case OperationKind.Insert:
                _inserts.Add(scope, table, operation.Row, ReadAssignments(table, body, operation));
                return;
            case OperationKind.Update:
                Update(scope, table, operation.Row, ReadAssignments(table, body, operation));
                return;
            default:
                LinkTable? links = body.TryReadLink(operation, out string? name, out Uid target) ? table.FindLinks(name) : null;
                Link(scope, table, operation.Row, links, target, operation.Kind == OperationKind.Link);
                return;
        }
    }

    private void ApplyUnknown(ProjectedCommit scope, string entity, in Operation operation)
    {
        _store.History.Add(operation.Row, operation.HistoryKind, scope.Number);
        if (operation.Kind == OperationKind.Insert)
        {
            // It may have been deleted before it came.
            scope.Unsettled.Add((entity, operation.Row));
        }
    }

    private ReadOnlySpan<FieldAssignment> ReadAssignments(EntityTable table, CommitBody body, in Operation operation)
    {
        _assignments.Clear();
        FieldValueReader reader = body.ReadValues(operation);
        while (reader.TryRead(out int name, out Value value))
        {
            if (table.FindField(body.Names[name]) is { } field)
            {
                _assignments.Add(new FieldAssignment(field, value));
            }
        }

        return CollectionsMarshal.AsSpan(_assignments);
    }

    // A row of another room is as good as none: rights of one room say nothing about rows of another (I1). So is a row that
    // was inserted later than the operation is dated (ADR 0017).
    private bool IsEffective(ProjectedCommit scope, in RowMeta meta) => meta.Room == scope.Room && scope.IsAfter(_store, meta.Insert);

    private bool TryFindShown(ProjectedCommit scope, EntityTable table, Uid row, ReadOnlySpan<FieldAssignment> values, out RowMeta meta)
    {
        if (table.TryReadMeta(Connection, row, out meta))
        {
            return IsEffective(scope, meta);
        }

        if (_store.History.InsertsOf(row).Count > 0
            && !_store.Tombstones.Contains(row)
            && !_store.Incomplete.StaysIncomplete(_store, scope, table, row, values))
        {
            scope.Unsettled.Add((table.Entity.LogName, row));
        }

        return false;
    }

    private void Show(ProjectedCommit scope, RowImage image, Uid row)
    {
        image.Id = row;
        image.Room = scope.Room;
        image.Cdate = image.Mdate = scope.Mdate;
        image.Creator = image.Author = scope.Log.Author.UserNo;
        image.Insert = image.Newest = scope.Number;
        image.Versions = null;
        image.Doc = _store.Documents.Next(scope.Transaction, image.Table.Entity);
        image.Table.Insert(Connection, image);
        scope.Transaction.Note(image.Table, scope.Room, row, ChangeKind.Inserted);
    }

    // A field without a version has the value of the insert, or none; the operation is dated after it either way.
    private void SetField(ProjectedCommit scope, EntityTable table, FieldVersions versions, in FieldAssignment assignment)
    {
        int no = _store.Log.Fields.Intern(scope.Transaction, table.Entity.LogName, assignment.Field.LogName);
        if (versions.Find(no) is not { } winner || scope.IsAfter(_store, winner))
        {
            versions.Set(no, scope.Number);
            _update.Assignments.Add(assignment);
        }
    }

    private void Write(ProjectedCommit scope, EntityTable table, Uid row, in RowMeta meta)
    {
        bool isNewest = scope.IsAfter(_store, meta.Newest);
        if (!isNewest && _update.Assignments.Count == 0)
        {
            return;
        }

        if (isNewest)
        {
            _update.Newest = scope.Number;
            _update.Mdate = scope.Mdate;
            _update.Author = scope.Log.Author.UserNo;
        }

        if (_update.Assignments.Exists(assignment => ValueFit.IsText(assignment.Field)))
        {
            _store.Documents.Changed(scope.Transaction, table.Entity, meta.Doc);
        }

        table.Update(Connection, row, _update);
        scope.Transaction.Note(table, scope.Room, row, ChangeKind.Updated);
    }

    private CommitNumber? FindHiddenInsert(string entity, Uid row)
    {
        foreach (CommitNumber number in _store.History.InsertsOf(row))
        {
            StoredCommit commit = _store.Log.Commits.Load(number);
            foreach (ref readonly Operation operation in commit.Body.Operations)
            {
                if (!commit.IsVoid && operation.Kind == OperationKind.Insert && operation.Row == row && commit.Body.EntityOf(operation) == entity)
                {
                    return number;
                }
            }
        }

        return null;
    }

    // One image per table is used again and again; a model update brings other tables.
    private RowImage ImageOf(EntityTable table)
    {
        if (!_images.TryGetValue(table, out RowImage? image))
        {
            if (_images.Count > Tables.Count)
            {
                _images.Clear();
            }

            _images.Add(table, image = new RowImage(table));
        }

        image.ClearValues();
        return image;
    }
}
