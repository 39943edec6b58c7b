using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Writes the definitions of rooms into the tables of <c>sys.Room</c> and its parts. A rights commit can make others count
/// or cease to, so what is written is the difference between the definition before it and after it.
/// </summary>
internal sealed class DefinitionProjection(ProjectionStore store, RightsLogs rights)
{
    private readonly DefinitionImages _images = new(store.Log);

    private Connection Connection => store.Connection;

    /// <summary>Brings the tables from one definition of a room to the next, and tells the transaction's change set.</summary>
    public void Apply(WriteTransaction transaction, Uid room, DefinitionRows before, DefinitionRows after)
    {
        int changes = transaction.Changes.Count;
        foreach (DefinitionRow row in before.Rows.Values)
        {
            if (!after.Rows.ContainsKey(row.Id))
            {
                Remove(transaction, row);
                transaction.Note(TableOf(row), Uid.Zero, row.Id, ChangeKind.Deleted);
            }
        }

        foreach (DefinitionRow row in after.Rows.Values)
        {
            bool isKnown = before.Rows.TryGetValue(row.Id, out DefinitionRow? known);
            if (known is null || !row.IsSame(known))
            {
                Put(transaction, room, row);
                transaction.Note(TableOf(row), Uid.Zero, row.Id, isKnown ? ChangeKind.Updated : ChangeKind.Inserted);
            }
        }

        bool isChanged = ApplyLinks(room, before, after) || transaction.Changes.Count > changes;
        if (isChanged && after.Rows.ContainsKey(room))
        {
            // Whatever changes in a definition changes the room: RoomModified hangs on it.
            transaction.Note(store.Tables.Definition(DefinitionRows.Room), Uid.Zero, room, ChangeKind.Updated);
        }
    }

    /// <summary>Fills the tables, which are empty. Announces nothing.</summary>
    public void ProjectAll(WriteTransaction transaction)
    {
        int changes = transaction.Changes.Count;
        foreach (Uid room in store.Log.Logs.Rooms(CommitKind.Rights))
        {
            Apply(transaction, room, DefinitionRows.None(room), rights.DefinitionOf(room));
            transaction.Changes.Truncate(changes);
        }
    }

    /// <summary>Shows the entities of rights under the names they have now.</summary>
    public void Rename(WriteTransaction transaction)
    {
        EntityTable table = store.Tables.Definition(DefinitionRows.EntityRight);
        foreach (Uid room in store.Log.Logs.Rooms(CommitKind.Rights))
        {
            foreach (DefinitionRow row in rights.DefinitionOf(room).Rows.Values)
            {
                if (row.Entity == DefinitionRows.EntityRight && table.FindDifference(Connection, _images.ImageOf(store.Tables, room, row)) is not null)
                {
                    Put(transaction, room, row);
                    transaction.Note(table, Uid.Zero, row.Id, ChangeKind.Updated);
                }
            }
        }
    }

    private bool ApplyLinks(Uid room, DefinitionRows before, DefinitionRows after)
    {
        bool isChanged = false;
        foreach (DefinitionLink link in before.Links.Keys)
        {
            if (!after.Links.ContainsKey(link))
            {
                TableOf(link).Remove(Connection, link.Source, link.Target);
                isChanged = true;
            }
        }

        foreach ((DefinitionLink link, RightsCommit commit) in after.Links)
        {
            if (!before.Links.TryGetValue(link, out RightsCommit? known) || !ReferenceEquals(known, commit))
            {
                TableOf(link).Put(Connection, link.Source, link.Target, _images.NumberOf(room, commit));
                isChanged = true;
            }
        }

        return isChanged;
    }

    private void Put(WriteTransaction transaction, Uid room, DefinitionRow row)
    {
        RowImage image = _images.ImageOf(store.Tables, room, row);
        image.Doc = Remove(transaction, row) ?? store.Documents.Next(transaction, image.Table.Entity);
        image.Table.Insert(Connection, image);
    }

    private long? Remove(WriteTransaction transaction, DefinitionRow row)
    {
        EntityTable table = TableOf(row);
        if (!table.TryReadMeta(Connection, row.Id, out RowMeta meta))
        {
            return null;
        }

        table.Delete(Connection, row.Id);
        store.Documents.Changed(transaction, table.Entity, meta.Doc);
        return meta.Doc;
    }

    private EntityTable TableOf(DefinitionRow row) => store.Tables.Definition(row.Entity);

    private LinkTable TableOf(DefinitionLink link) =>
        store.Tables.Definition(link.Entity).FindLinks(link.Field) ?? throw new InvalidOperationException($"{link.Entity} has the relation {link.Field}.");
}
