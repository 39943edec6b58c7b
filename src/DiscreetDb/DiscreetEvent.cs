namespace DiscreetDb;

/// <summary>Something that happened in an open database. The hierarchy is closed; new versions may add cases.</summary>
public abstract record DiscreetEvent
{
    private DiscreetEvent()
    {
    }

    /// <summary>
    /// Rows were inserted, updated or deleted, here or by a peer. Changes a subscriber has not read yet are merged into one
    /// event, so a slow subscriber sees fewer events, never a wrong one.
    /// </summary>
    /// <param name="Rooms">What changed, one entry per room; the local rows are an entry of their own.</param>
    /// <param name="IsComplete">
    /// Whether <paramref name="Rooms" /> names everything. False after more than <see cref="Limits.ChangedEntityCount" />
    /// different changes: then anything may have changed.
    /// </param>
    public sealed record DataChanged(IReadOnlyList<ChangedRoom> Rooms, bool IsComplete) : DiscreetEvent
    {
        /// <summary>Whether rows of an entity can have changed, in any room.</summary>
        /// <param name="entity">Canonical name: <c>chat.Message</c>.</param>
        public bool Concerns(string entity) => !IsComplete || Rooms.Any(room => room.Entities.Contains(entity));

        /// <summary>Whether rows of an entity can have changed in one room, or among the local rows if it is null.</summary>
        public bool Concerns(string entity, string? roomId) =>
            !IsComplete || Rooms.Any(room => room.RoomId == roomId && room.Entities.Contains(entity));
    }

    /// <summary>
    /// The definition of a room changed, or the room is new: its admins, authorisations, users or rights. What this user may
    /// do there may have changed; <see cref="Discreet.CanAsync" /> tells.
    /// </summary>
    /// <param name="RoomId">The room.</param>
    public sealed record RoomModified(string RoomId) : DiscreetEvent;

    /// <summary>Another data model is in force.</summary>
    /// <param name="Version">Counts the models this database has had.</param>
    public sealed record DataModelChanged(long Version) : DiscreetEvent;

    /// <summary>
    /// A peer showed that this database is an older state or a copy of one that went on elsewhere. It is another device now, and
    /// what only it had was written again under that device.
    /// </summary>
    /// <param name="DeviceId">The device this database is now.</param>
    /// <param name="NewIds">New ids of rows by their old ones; relations follow by themselves, ids a program kept elsewhere do not.</param>
    public sealed record DeviceReplaced(string DeviceId, IReadOnlyDictionary<string, string> NewIds) : DiscreetEvent;

    /// <summary>
    /// This subscriber did not read for so long that its oldest events were dropped
    /// (<see cref="Limits.EventQueueLength" />). Changes of data are never dropped, they merge.
    /// </summary>
    /// <param name="Count">How many events are missing here.</param>
    public sealed record EventsMissed(int Count) : DiscreetEvent;
}
