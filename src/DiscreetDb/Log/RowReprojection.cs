using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Projects single rows again from the log alone: whatever they were before, afterwards they are what <see cref="RowMerger" />
/// makes of them.
/// </summary>
internal sealed class RowReprojection(ProjectionStore store, LinkProjection links)
{
    private readonly List<CommitNumber> _commits = [];

    private Connection Connection => store.Connection;

    /// <summary>Projects a row again; <paramref name="entity" /> says in which table it may be shown.</summary>
    public void Reproject(WriteTransaction transaction, string entity, Uid row)
    {
        _commits.Clear();
        (EntityTable Table, Uid Room)? before = null;
        long? doc = null;
        if (store.Tables.Find(entity) is { } table && table.TryReadMeta(Connection, row, out RowMeta meta))
        {
            before = (table, meta.Room);
            doc = meta.Doc;
            _commits.Add(meta.Insert);
            Hide(transaction, table, row, meta);
        }
        else if (store.History.InsertsOf(row).Count == 0)
        {
            // No insert, or shown as a row of another entity: nothing to project in this one.
            return;
        }

        store.History.Read(row, _commits);
        MergedRow? merged = new RowMerger(store.Log, store.Tables).Merge(
            row, _commits, (of, field) => store.Log.Fields.Intern(transaction, of, field));
        Write(transaction, row, merged, doc);
        transaction.NoteReprojected(row, before, merged);
    }

    /// <summary>Takes a row and the links that start at it out of every table; its insert then waits in the history.</summary>
    public void Hide(WriteTransaction transaction, EntityTable table, Uid row, in RowMeta meta)
    {
        table.Delete(Connection, row);
        links.RemoveFrom(table, row);
        store.History.Add(row, HistoryKind.Insert, meta.Insert);
        store.Documents.Changed(transaction, table.Entity, meta.Doc);
    }

    /// <summary>A valid deletion of the row is known: nothing points at it from now on.</summary>
    public void Bury(WriteTransaction transaction, string entity, Uid row)
    {
        store.Tombstones.Add(row, store.Log.Fields.Intern(transaction, entity), store.NowMs);
        if (store.Tables.Find(entity) is { } table)
        {
            links.Cut(transaction, table, row);
        }
    }

    private void Write(WriteTransaction transaction, Uid row, MergedRow? merged, long? doc)
    {
        store.Incomplete.Remove(row);
        if (merged is { IsDeleted: true })
        {
            Bury(transaction, merged.Entity, row);
            return;
        }

        // The deletion that was in force is void, if there was one.
        if (store.Tombstones.Remove(row))
        {
            links.Restore(transaction, row);
        }

        if (merged is { IsShown: true, Image: { } image })
        {
            Show(transaction, merged, image, doc);
        }
        else if (merged is { Image: { } incomplete })
        {
            store.Incomplete.Set(transaction, row, merged, incomplete);
        }
    }

    private void Show(WriteTransaction transaction, MergedRow merged, RowImage image, long? doc)
    {
        store.History.RemoveInsert(image.Id, merged.Insert);
        image.Doc = doc ?? store.Documents.Next(transaction, image.Table.Entity);
        image.Table.Insert(Connection, image);
        foreach (((LinkTable table, Uid target), (CommitNumber commit, bool isPresent)) in merged.Links)
        {
            links.Write(transaction, table, image.Id, target, commit, isPresent);
        }
    }
}
