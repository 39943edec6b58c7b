using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// The rights of rooms without a definition: local rows, the private room and profile rooms. Each has one member, who may
/// do everything; any other room is unknown.
/// </summary>
internal sealed class OwnRooms(VerifyingKey owner, Uid privateRoom) : IRights
{
    private readonly Uid _profileRoom = UserKeys.ProfileRoomOf(owner);

    public bool IsKnown(Uid room) => room.IsZero || room == privateRoom || room == _profileRoom;

    public bool Can(Uid room, VerifyingKey user, RowAction action, string entity, VerifyingKey creator, ReadOnlySpan<Hash256> heads) =>
        heads.IsEmpty && (user == owner ? IsKnown(room) : room == UserKeys.ProfileRoomOf(user));

    public ReadOnlySpan<Hash256> Heads(Uid room) => [];
}
