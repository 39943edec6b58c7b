using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Projects whole tables again: all of them, or those of entities whose tables are new. Announces no row.</summary>
internal sealed class ProjectionRebuild(ProjectionStore store, Projection projection, DefinitionProjection definitions)
{
    /// <summary>Forgets every row and projects all commits; what only this database knows, when rows were deleted, stays.</summary>
    public void RunAll(WriteTransaction transaction)
    {
        int changes = transaction.Changes.Count;
        IReadOnlyList<(Uid Row, long? SinceMs)> dates = store.Tombstones.Dates();
        Clear(transaction);
        Hlc last = Hlc.Zero;
        foreach (CommitNumber number in store.Log.Commits.NumbersByClock())
        {
            StoredCommit commit = store.Log.Commits.Load(number);
            if (commit.Log.Kind == CommitKind.Rights)
            {
                continue;
            }

            if (commit.IsVoid)
            {
                projection.Remember(commit);
                continue;
            }

            projection.Apply(transaction, commit, isNewest: commit.Hlc > last);
            last = commit.Hlc > last ? commit.Hlc : last;
            transaction.Changes.Truncate(changes);
        }

        definitions.ProjectAll(transaction);
        foreach ((Uid row, long? sinceMs) in dates)
        {
            store.Tombstones.SetDate(row, sinceMs);
        }

        store.Documents.Configure(transaction, store.Tables.Model);
    }

    /// <summary>Lets every row of an entity wait in the history, as if the model did not know it; its tables may then be dropped.</summary>
    public void HideAll(WriteTransaction transaction, Entity entity)
    {
        EntityTable table = store.Tables.Of(entity);
        store.Documents.Restart(transaction, entity);
        store.Connection.Execute($"INSERT OR IGNORE INTO \"$history\" (row, kind, \"commit\") SELECT id, 0, \"$insert\" FROM {table.Name}");
        store.History.Forget();
        foreach (LinkTable links in table.Links)
        {
            if (store.Log.Fields.Find(entity.LogName, links.Field.LogName) is { } relation)
            {
                store.Ledger.RemoveField(relation);
            }
        }
    }

    /// <summary>Projects every row of these entities that waits in the history, commit by commit; entities by their log names.</summary>
    public void ShowHidden(WriteTransaction transaction, IReadOnlySet<string> entities)
    {
        int changes = transaction.Changes.Count;
        foreach (DeviceLog log in store.Log.Logs.All().Where(log => log.Kind == CommitKind.Data))
        {
            for (long sequence = 1; sequence <= store.Log.Logs.HeadOf(log).Sequence; sequence++)
            {
                ShowHidden(transaction, store.Log.Commits.Load(log.NumberOf(sequence)), entities);
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
                projection.Reproject(transaction, entity, operation.Row);
            }
        }
    }

    private void Clear(WriteTransaction transaction)
    {
        foreach (EntityTable table in store.Tables.All)
        {
            store.Documents.Restart(transaction, table.Entity);
            store.Connection.Execute($"DELETE FROM {table.Name}");
            foreach (LinkTable links in table.Links)
            {
                store.Connection.Execute($"DELETE FROM {links.Name}");
            }
        }

        store.Connection.Execute("DELETE FROM \"$history\"; DELETE FROM \"$tombstone\"; DELETE FROM \"$link\"");
        store.Incomplete.Clear();
    }
}
