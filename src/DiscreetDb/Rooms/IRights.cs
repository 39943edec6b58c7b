using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// The one place that decides who may do what (log.md §4.6): asked before a local write and for every operation of a
/// peer's commit.
/// </summary>
internal interface IRights
{
    /// <summary>Whether this database holds the room: a local write to another one is UnknownRoom.</summary>
    bool IsKnown(Uid room);

    /// <summary>
    /// Whether the user may do this to a row of the entity in the room, in the view that the heads span. The creator of a
    /// row being inserted is the user; a zero room holds the local rows.
    /// </summary>
    /// <param name="room">The row's room.</param>
    /// <param name="user">Who acts.</param>
    /// <param name="action">What they do.</param>
    /// <param name="entity">The entity's log name (its oldest canonical name).</param>
    /// <param name="creator">Who inserted the row.</param>
    /// <param name="heads">The maximal rights commits the author knew; for a local write those known here.</param>
    bool Can(Uid room, VerifyingKey user, RowAction action, string entity, VerifyingKey creator, ReadOnlySpan<Hash256> heads);

    /// <summary>The maximal counting rights commits of a room known here, ascending; none for local, private and profile rooms.</summary>
    ReadOnlySpan<Hash256> Heads(Uid room);
}
