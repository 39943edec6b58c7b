using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;

namespace DiscreetDb.Mutation;

/// <summary>
/// Third pass, for rows that changed their room: points the links that end at them to their new ids, where the caller may
/// update the rows those links start at, and deletes the old rows (dialect §7.5). It sees every link as the second pass left
/// it, so links written to an old id, before its row had a new one, are mended here too.
/// </summary>
internal sealed class RowMove(ChangeCollector changes, WriteTables tables, MutationContext context)
{
    public void Finish()
    {
        foreach (PendingRow row in changes.Rows)
        {
            if (row.IsMoved)
            {
                Repoint(row);
            }
        }

        foreach (PendingRow row in changes.Rows)
        {
            if (row.IsMoved)
            {
                context.Batch.Delete(row.Entity, row.Stored.Room, row.Id);
            }
        }
    }

    private void Repoint(PendingRow row)
    {
        foreach (IncomingRelation relation in tables.IncomingOf(row.Entity))
        {
            foreach (SourceRow source in context.Reader.Sources(relation, row.Id))
            {
                bool goesItself = changes.TryFind(relation.Source, source.Id, out PendingRow? pending) && pending.IsMoved;
                if (!goesItself && context.May(RightsAction.Update, relation.Source, source.Room, source.Creator))
                {
                    Repoint(relation, source, row);
                }
            }
        }
    }

    private void Repoint(IncomingRelation relation, SourceRow source, PendingRow row)
    {
        if (relation.Field.Type == FieldType.Reference)
        {
            FieldAssignment assignment = new(relation.Field, Value.Reference(row.FinalId));
            context.Batch.Update(relation.Source, source.Room, source.Id, [assignment]);
            return;
        }

        context.Batch.Unlink(relation.Source, source.Room, source.Id, relation.Field, row.Id);
        context.Batch.Link(relation.Source, source.Room, source.Id, relation.Field, row.FinalId);
    }
}
