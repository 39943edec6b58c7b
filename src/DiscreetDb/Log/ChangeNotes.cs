using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Tells the transaction's change set what became of a row.</summary>
internal static class ChangeNotes
{
    /// <summary>Several operations of a document on one row are one change.</summary>
    public static void Note(this WriteTransaction transaction, EntityTable table, Uid room, Uid row, ChangeKind change)
    {
        string entity = table.Entity.CanonicalName;
        if (change != ChangeKind.Updated || !IsLast(transaction.Changes.Rows, entity, row))
        {
            transaction.Changes.Add(entity, room.IsZero ? null : room, row, change);
        }
    }

    /// <summary>Tells what a row that was projected again was before and is now.</summary>
    public static void NoteReprojected(this WriteTransaction transaction, Uid row, (EntityTable Table, Uid Room)? before, MergedRow? after)
    {
        if (after is { IsShown: true, Image: { } image })
        {
            transaction.Note(image.Table, after.Room, row, before is null ? ChangeKind.Inserted : ChangeKind.Updated);
        }
        else if (before is { } gone)
        {
            transaction.Note(gone.Table, gone.Room, row, ChangeKind.Deleted);
        }
    }

    private static bool IsLast(IReadOnlyList<RowChange> rows, string entity, Uid row) =>
        rows.Count > 0 && rows[^1] is { Kind: not ChangeKind.Deleted } last && last.Row == row && last.Entity == entity;
}
