using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Points relations of rows everywhere in the database from rows that have new ids to these, by ordinary signed operations of
/// this device, wherever the user may change the row.
/// </summary>
internal sealed class ReferenceUpdate(CommitLog log, WriteTransaction transaction)
{
    private readonly record struct Found(Uid Row, Uid Target);

    public void Run(IReadOnlyDictionary<Uid, Uid> ids)
    {
        CommitBatch batch = log.Begin(transaction);
        foreach (EntityTable table in log.Tables.Tables.All)
        {
            foreach (Field field in table.Columns.Where(field => field.Type == FieldType.Reference))
            {
                foreach (Found found in Find($"SELECT id, {Sql.Quote(field.ColumnName)} FROM {table.Name} WHERE {Sql.Quote(field.ColumnName)} IS NOT NULL", ids))
                {
                    if (MayChange(table, found.Row, out Uid? room))
                    {
                        batch.Update(table.Entity, room, found.Row, [new FieldAssignment(field, Value.Reference(ids[found.Target]))]);
                    }
                }
            }

            foreach (LinkTable links in table.Links)
            {
                foreach (Found found in Find($"SELECT src, dest FROM {links.Name}", ids))
                {
                    if (MayChange(table, found.Row, out Uid? room))
                    {
                        batch.Unlink(table.Entity, room, found.Row, links.Field, found.Target);
                        batch.Link(table.Entity, room, found.Row, links.Field, ids[found.Target]);
                    }
                }
            }
        }

        batch.Complete();
    }

    private List<Found> Find(string sql, IReadOnlyDictionary<Uid, Uid> ids)
    {
        using Statement statement = transaction.Connection.Prepare(sql);
        List<Found> found = [];
        while (statement.Step())
        {
            Uid target = statement.GetUid(1);
            if (ids.ContainsKey(target))
            {
                found.Add(new Found(statement.GetUid(0), target));
            }
        }

        return found;
    }

    private bool MayChange(EntityTable table, Uid row, out Uid? room)
    {
        room = null;
        if (!table.TryReadMeta(transaction.Connection, row, out RowMeta meta))
        {
            return false;
        }

        room = meta.Room.IsZero ? null : meta.Room;
        string entity = table.Entity.LogName;
        return log.Projection.FindCreator(entity, row, meta.Room) is { } creator
            && log.Rights.Can(meta.Room, log.Author.User, RightsAction.Update, entity, creator);
    }
}
