using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// The rights of every room of a database (log.md §4.6): asked before a local write and for every operation of a peer's
/// commit. What decides in the end is <see cref="Rights" />.
/// </summary>
internal interface IRights
{
    /// <summary>Whether this database holds the room: a local write to another one is UnknownRoom.</summary>
    bool IsKnown(Uid room);

    /// <summary>
    /// Whether the user may do this to a row of the entity in the room, as far as its rights commits are known here. The
    /// creator of a row being inserted is the user.
    /// </summary>
    /// <param name="room">The row's room, one that is known; zero holds the local rows.</param>
    /// <param name="user">Who acts.</param>
    /// <param name="action">What they do.</param>
    /// <param name="entity">The entity's log name (its oldest canonical name).</param>
    /// <param name="creator">Who inserted the row.</param>
    bool Can(Uid room, VerifyingKey user, RightsAction action, string entity, VerifyingKey creator);

    /// <summary>The rights a data commit is judged by (log.md §4.4); false if the room or one of its rights heads is unknown here.</summary>
    /// <param name="room">The commit's room.</param>
    /// <param name="user">Its author.</param>
    /// <param name="heads">Its rights heads.</param>
    /// <param name="reach">The removals and demotions that reach it (<see cref="DeviceReach.ClockAt" />).</param>
    /// <param name="rights">Who may do what in its eyes.</param>
    bool TryJudge(Uid room, VerifyingKey user, ReadOnlySpan<Hash256> heads, int[] reach, [NotNullWhen(true)] out Rights? rights);

    /// <summary>The rights of a shared room; null if it is not one, or not here. Valid until the next rollback.</summary>
    RoomRights? Find(Uid room);

    /// <summary>The maximal counting rights commits of a room known here, ascending; none for local, private and profile rooms.</summary>
    ReadOnlyMemory<Hash256> Heads(Uid room);
}
