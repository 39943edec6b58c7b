namespace DiscreetDb.Rooms;

/// <summary>What somebody wants to do to a row. Adding and removing a link is an update of its source row.</summary>
internal enum RowAction
{
    Insert,
    Update,
    Delete,
}
