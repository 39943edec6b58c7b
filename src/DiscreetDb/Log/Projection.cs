using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Turns operations into rows, one by one, in whatever order commits arrive (log.md §3, I6). An operation of the newest
/// commit wins without a look at what is there; any other is compared with the winner of each field it sets. Where one step
/// cannot decide (a history that came before its row, a row that is not shown) the row is merged from the log.
/// </summary>
internal sealed class Projection
{
    private readonly LogStore _store;
    private readonly TimeProvider _clock;
    private readonly RowHistory _history;
    private readonly TombstoneTable _tombstones;
    private readonly LinkLedger _ledger;
    private readonly List<FieldAssignment> _assignments = [];
    private readonly List<CommitNumber> _commits = [];
    private readonly RowUpdate _update = new();
    private readonly Dictionary<EntityTable, RowImage> _images = [];

    private RowMerger _merger;

    public Projection(LogStore store, DataModel model, IDocuments documents, TimeProvider clock)
    {
        _store = store;
        _clock = clock;
        Documents = documents;
        _history = new RowHistory(store.Connection);
        _tombstones = new TombstoneTable(store.Connection);
        _ledger = new LinkLedger(store.Connection);
        Tables = new ProjectionTables(model);
        _merger = new RowMerger(store, Tables);
    }

    public ProjectionTables Tables { get; private set; }

    public RowHistory History => _history;

    public TombstoneTable Tombstones => _tombstones;

    public IDocuments Documents { get; }

    private Connection Connection => _store.Connection;

    /// <summary>From now on projects by another model; the tables are the caller's to bring in line.</summary>
    public void SetModel(WriteTransaction transaction, DataModel model)
    {
        ProjectionTables before = Tables;
        Use(new ProjectionTables(model));
        transaction.OnRollback(() => Use(before));
    }

    /// <summary>Projects a stored commit.</summary>
    public void Apply(WriteTransaction transaction, StoredCommit commit, bool isNewest)
    {
        ProjectedCommit scope = new(transaction, commit.Log, commit.Number, commit.Stamp, isNewest);
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            Apply(scope, commit.Body, operation);
        }

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

        if (_history.Has(row))
        {
            // Somebody touched the row before it came.
            _history.Add(row, HistoryKind.Insert, scope.Number);
            scope.Unsettled.Add((table.Entity.LogName, row));
            return;
        }

        if (!image.IsComplete)
        {
            _history.Add(row, HistoryKind.Insert, scope.Number);
            return;
        }

        image.Id = row;
        image.Room = scope.Room;
        image.Cdate = image.Mdate = scope.Mdate;
        image.Creator = image.Author = scope.Log.Author.UserNo;
        image.Insert = image.Newest = scope.Number;
        image.Versions = null;
        image.Doc = Documents.Next(scope.Transaction, table.Entity);
        table.Insert(Connection, image);
        Note(scope.Transaction, table, scope.Room, row, ChangeKind.Inserted);
    }

    public void Update(ProjectedCommit scope, EntityTable table, Uid row, ReadOnlySpan<FieldAssignment> values)
    {
        _history.Add(row, HistoryKind.Change, scope.Number);
        if (!TryFindShown(scope, table, row, out RowMeta meta))
        {
            return;
        }

        if (!scope.IsNewest && scope.Stamp < _store.Commits.StampOf(meta.Insert))
        {
            // Older than the insert: whether the insert gave a value to each field is only in the log.
            scope.Unsettled.Add((table.Entity.LogName, row));
            return;
        }

        _update.Clear();
        FieldVersions versions = meta.Versions ?? new FieldVersions();
        foreach (ref readonly FieldAssignment assignment in values)
        {
            if (ValueFit.TryFit(assignment.Field, assignment.Value, out Value fitted))
            {
                SetField(scope, table, versions, assignment.Field, fitted);
            }
        }

        _update.Versions = versions;
        Write(scope, table, row, meta);
    }

    public void Delete(ProjectedCommit scope, string entity, Uid row)
    {
        _history.Add(row, HistoryKind.Delete, scope.Number);
        EntityTable? table = Tables.Find(entity);
        if (table is not null && table.TryReadMeta(Connection, row, out RowMeta meta))
        {
            if (meta.Room == scope.Room)
            {
                Hide(scope.Transaction, table, row, meta);
                Bury(scope.Transaction, entity, row);
                Note(scope.Transaction, table, scope.Room, row, ChangeKind.Deleted);
            }

            return;
        }

        if (_history.InsertsOf(row).Count > 0 && !_tombstones.Contains(row))
        {
            scope.Unsettled.Add((entity, row));
        }
    }

    public void Link(ProjectedCommit scope, EntityTable table, Uid row, LinkTable? links, Uid target, bool isPresent)
    {
        _history.Add(row, HistoryKind.Change, scope.Number);
        if (!TryFindShown(scope, table, row, out RowMeta meta))
        {
            return;
        }

        if (links is not null)
        {
            SetLink(scope, links, row, target, isPresent);
        }

        if (meta.Newest != scope.Number && IsNewer(scope, meta.Newest))
        {
            table.Touch(Connection, row, scope.Mdate, scope.Log.Author.UserNo, scope.Number);
        }

        Note(scope.Transaction, table, scope.Room, row, ChangeKind.Updated);
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
    public void Reproject(WriteTransaction transaction, string entity, Uid row)
    {
        _commits.Clear();
        EntityTable? table = Tables.Find(entity);
        RowMeta? shown = null;
        if (table is not null && table.TryReadMeta(Connection, row, out RowMeta meta))
        {
            shown = meta;
            _commits.Add(meta.Insert);
            Hide(transaction, table, row, meta);
        }
        else if (_history.InsertsOf(row).Count == 0)
        {
            // No insert, or shown as a row of another entity: nothing this operation could change.
            return;
        }

        _history.Read(row, _commits);
        MergedRow? merged = _merger.Merge(row, _commits, FieldNoOf(transaction));
        Write(transaction, row, merged, shown?.Doc);
        NoteReprojected(transaction, row, table, shown?.Room, merged);
    }

    /// <summary>The user who inserted a row of this entity in this room; null when no valid insert is here.</summary>
    public VerifyingKey? FindCreator(string entity, Uid row, Uid room)
    {
        CommitNumber? insert = Tables.Find(entity) is { } table && table.TryReadMeta(Connection, row, out RowMeta meta)
            ? meta.Insert
            : FindHiddenInsert(entity, row);
        if (insert is not { } number)
        {
            return null;
        }

        DeviceLog log = _store.Logs.Get(number.Log);
        return log.Room == room ? log.Author.User : null;
    }

    /// <summary>Forgets every row and projects all commits again; what only this database knows, when rows were deleted, stays.</summary>
    public void Rebuild(WriteTransaction transaction)
    {
        int changes = transaction.Changes.Count;
        IReadOnlyList<(Uid Row, long? SinceMs)> dates = _tombstones.Dates();
        Clear(transaction);
        Hlc last = Hlc.Zero;
        foreach (CommitNumber number in _store.Commits.NumbersByClock())
        {
            StoredCommit commit = _store.Commits.Load(number);
            if (commit.IsVoid)
            {
                Remember(commit);
                continue;
            }

            Apply(transaction, commit, isNewest: commit.Hlc > last);
            last = commit.Hlc > last ? commit.Hlc : last;
            transaction.Changes.Truncate(changes);
        }

        foreach ((Uid row, long? sinceMs) in dates)
        {
            _tombstones.SetDate(row, sinceMs);
        }

        Documents.Configure(transaction, Tables.Model);
    }

    /// <summary>Lets every row of an entity wait in the history, as if the model did not know it; its tables are then empty of use.</summary>
    public void HideAll(WriteTransaction transaction, Entity entity)
    {
        EntityTable table = Tables.Of(entity);
        Documents.Restart(transaction, entity);
        Connection.Execute($"INSERT OR IGNORE INTO \"$history\" (row, kind, \"commit\") SELECT id, 0, \"$insert\" FROM {table.Name}");
        _history.Forget();
        foreach (LinkTable links in table.Links)
        {
            if (_store.Fields.Find(entity.LogName, links.Field.LogName) is { } field)
            {
                _ledger.RemoveField(field);
            }
        }
    }

    /// <summary>Projects every row of these entities that waits in the history, commit by commit; entities by their log names.</summary>
    public void ShowHidden(WriteTransaction transaction, IReadOnlySet<string> entities)
    {
        int changes = transaction.Changes.Count;
        foreach (DeviceLog log in _store.Logs.All())
        {
            for (long sequence = 1; sequence <= _store.Logs.HeadOf(log).Sequence; sequence++)
            {
                ShowHidden(transaction, _store.Commits.Load(log.NumberOf(sequence)), entities);
                transaction.Changes.Truncate(changes);
            }
        }
    }

    private void ShowHidden(WriteTransaction transaction, StoredCommit commit, IReadOnlySet<string> entities)
    {
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            string entity = commit.Body.EntityOf(operation);
            if (operation.Kind == OperationKind.Insert && entities.Contains(entity))
            {
                Reproject(transaction, entity, operation.Row);
            }
        }
    }

    /// <summary>Notes which rows a void commit touched, so that they are found when it ceases to be void.</summary>
    public void Remember(StoredCommit commit)
    {
        foreach (ref readonly Operation operation in commit.Body.Operations)
        {
            _history.Add(operation.Row, KindOf(operation.Kind), commit.Number);
        }
    }

    private static HistoryKind KindOf(OperationKind kind) => kind switch
    {
        OperationKind.Insert => HistoryKind.Insert,
        OperationKind.Delete => HistoryKind.Delete,
        _ => HistoryKind.Change,
    };

    private CommitNumber? FindHiddenInsert(string entity, Uid row)
    {
        foreach (CommitNumber number in _history.InsertsOf(row))
        {
            StoredCommit commit = _store.Commits.Load(number);
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

    private void Clear(WriteTransaction transaction)
    {
        foreach (EntityTable table in Tables.All)
        {
            Documents.Restart(transaction, table.Entity);
            Clear(table);
        }

        Connection.Execute("DELETE FROM \"$history\"; DELETE FROM \"$tombstone\"; DELETE FROM \"$link\"");
    }

    private void Clear(EntityTable table)
    {
        Connection.Execute($"DELETE FROM {table.Name}");
        foreach (LinkTable links in table.Links)
        {
            Connection.Execute($"DELETE FROM {links.Name}");
        }
    }

    private void Use(ProjectionTables tables)
    {
        Tables = tables;
        _merger = new RowMerger(_store, tables);
        _images.Clear();
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
                Insert(scope, table, operation.Row, ReadAssignments(table, body, operation));
                return;
            case OperationKind.Update:
                Update(scope, table, operation.Row, ReadAssignments(table, body, operation));
                return;
            default:
                bool isKnown = body.TryReadLink(operation, out string? name, out Uid target);
                Link(scope, table, operation.Row, isKnown ? table.FindLinks(name!) : null, target, operation.Kind == OperationKind.Link);
                return;
        }
    }

    private void ApplyUnknown(ProjectedCommit scope, string entity, in Operation operation)
    {
        _history.Add(operation.Row, operation.Kind == OperationKind.Insert ? HistoryKind.Insert : HistoryKind.Change, scope.Number);
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

        return System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_assignments);
    }

    // A row of another room is as good as none: rights of one room say nothing about rows of another (I1).
    private bool TryFindShown(ProjectedCommit scope, EntityTable table, Uid row, out RowMeta meta)
    {
        if (table.TryReadMeta(Connection, row, out meta))
        {
            return meta.Room == scope.Room;
        }

        if (_history.InsertsOf(row).Count > 0 && !_tombstones.Contains(row))
        {
            scope.Unsettled.Add((table.Entity.LogName, row));
        }

        return false;
    }

    private void SetField(ProjectedCommit scope, EntityTable table, FieldVersions versions, Field field, in Value value)
    {
        int no = _store.Fields.Intern(scope.Transaction, table.Entity.LogName, field.LogName);
        if (versions.Find(no) is not { } winner || winner == scope.Number || IsNewer(scope, winner))
        {
            versions.Set(no, scope.Number);
            _update.Assignments.Add(new FieldAssignment(field, value));
        }
    }

    private void Write(ProjectedCommit scope, EntityTable table, Uid row, in RowMeta meta)
    {
        bool isNewest = meta.Newest == scope.Number || IsNewer(scope, meta.Newest);
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
            Documents.Changed(scope.Transaction, table.Entity, meta.Doc);
        }

        table.Update(Connection, row, _update);
        Note(scope.Transaction, table, scope.Room, row, ChangeKind.Updated);
    }

    private void SetLink(ProjectedCommit scope, LinkTable links, Uid row, Uid target, bool isPresent)
    {
        int field = FieldNo(scope.Transaction, links);
        if (!scope.IsNewest)
        {
            CommitNumber? winner = links.Find(Connection, row, target) ?? _ledger.Find(row, field, target);
            if (winner is { } other && other != scope.Number && !IsNewer(scope, other))
            {
                return;
            }
        }

        WriteLink(scope.Transaction, links, row, target, scope.Number, isPresent);
    }

    // One place for each winner: the link table while the link is present, the ledger otherwise.
    private void WriteLink(WriteTransaction transaction, LinkTable links, Uid row, Uid target, CommitNumber commit, bool isPresent)
    {
        int field = FieldNo(transaction, links);
        bool isCut = isPresent && _tombstones.Contains(target, _store.Fields.Intern(transaction, links.Field.Target!.LogName));
        if (isPresent && !isCut)
        {
            links.Put(Connection, row, target, commit);
            _ledger.Remove(row, field, target);
            return;
        }

        links.Remove(Connection, row, target);
        _ledger.Put(row, field, target, commit, isCut);
    }

    private void Write(WriteTransaction transaction, Uid row, MergedRow? merged, long? doc)
    {
        if (merged is null)
        {
            Unbury(transaction, row);
            return;
        }

        if (merged.IsDeleted)
        {
            Bury(transaction, merged.Entity, row);
        }
        else
        {
            Unbury(transaction, row);
        }

        if (!merged.IsShown)
        {
            return;
        }

        _history.RemoveInsert(row, merged.Insert);
        merged.Image!.Doc = doc ?? Documents.Next(transaction, merged.Image.Table.Entity);
        merged.Image.Table.Insert(Connection, merged.Image);
        foreach (((LinkTable links, Uid target), (CommitNumber commit, bool isPresent)) in merged.Links)
        {
            WriteLink(transaction, links, row, target, commit, isPresent);
        }
    }

    // Takes a row and its links out of every table; its insert then waits in the history.
    private void Hide(WriteTransaction transaction, EntityTable table, Uid row, in RowMeta meta)
    {
        table.Delete(Connection, row);
        foreach (LinkTable links in table.Links)
        {
            links.RemoveFrom(Connection, row);
        }

        _ledger.RemoveFrom(row);
        _history.Add(row, HistoryKind.Insert, meta.Insert);
        Documents.Changed(transaction, table.Entity, meta.Doc);
    }

    private void Bury(WriteTransaction transaction, string entity, Uid row)
    {
        _tombstones.Add(row, _store.Fields.Intern(transaction, entity), _clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (Tables.Find(entity) is not { } table)
        {
            return;
        }

        foreach (LinkTable links in Tables.LinksTo(table.Entity))
        {
            foreach ((Uid source, CommitNumber commit) in links.RemoveTo(Connection, row))
            {
                _ledger.Put(source, FieldNo(transaction, links), row, commit, isCut: true);
            }
        }
    }

    private void Unbury(WriteTransaction transaction, Uid row)
    {
        if (!_tombstones.Remove(row))
        {
            return;
        }

        foreach ((Uid source, int field, CommitNumber commit) in _ledger.TakeCut(row))
        {
            (string entity, string name) = _store.Fields.NameOf(field);
            if (Tables.Find(entity)?.FindLinks(name) is { } links)
            {
                WriteLink(transaction, links, source, row, commit, isPresent: true);
            }
        }
    }

    private bool IsNewer(ProjectedCommit scope, CommitNumber than) => scope.IsNewest || scope.Stamp > _store.Commits.StampOf(than);

    private int FieldNo(WriteTransaction transaction, LinkTable links) =>
        _store.Fields.Intern(transaction, links.Source.LogName, links.Field.LogName);

    private Func<string, string, int> FieldNoOf(WriteTransaction transaction) =>
        (entity, field) => _store.Fields.Intern(transaction, entity, field);

    private RowImage ImageOf(EntityTable table)
    {
        if (!_images.TryGetValue(table, out RowImage? image))
        {
            _images.Add(table, image = new RowImage(table));
        }

        image.ClearValues();
        return image;
    }

    private static void NoteReprojected(WriteTransaction transaction, Uid row, EntityTable? table, Uid? shownIn, MergedRow? merged)
    {
        if (merged is { IsShown: true })
        {
            Note(transaction, merged.Image!.Table, merged.Room, row, shownIn is null ? ChangeKind.Inserted : ChangeKind.Updated);
        }
        else if (shownIn is { } room)
        {
            Note(transaction, table!, room, row, ChangeKind.Deleted);
        }
    }

    private static void Note(WriteTransaction transaction, EntityTable table, Uid room, Uid row, ChangeKind change)
    {
        IReadOnlyList<RowChange> rows = transaction.Changes.Rows;
        string entity = table.Entity.CanonicalName;
        bool isNoted = change == ChangeKind.Updated && rows.Count > 0
            && rows[^1] is { Kind: not ChangeKind.Deleted } last && last.Row == row && last.Entity == entity;
        if (!isNoted)
        {
            transaction.Changes.Add(entity, room.IsZero ? null : room, row, change);
        }
    }
}
