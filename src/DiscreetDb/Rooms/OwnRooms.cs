using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// The rights of rooms without a definition: local rows, the private room and the user's profile room. Each has one member,
/// who may do everything; any other room is unknown.
/// </summary>
internal sealed class OwnRooms(VerifyingKey owner, Uid privateRoom) : IRights
{
    private readonly Uid _profileRoom = UserKeys.ProfileRoomOf(owner);
    private readonly Rights _rights = RightsOfSoleMember(owner);

    /// <summary>The rights in a room whose one member may do everything.</summary>
    public static Rights RightsOfSoleMember(VerifyingKey member)
    {
        RightsCommit definition = new(
            Hash256.Zero,
            member,
            Uid.Zero,
            [],
            [
                new RightsOperation.Genesis(member, default),
                new RightsOperation.SetRight(Uid.Zero, "*", MutateSelf: true, MutateAll: true, []),
            ]);
        return new Rights(RightsGraph.Build([definition]).Current, isShared: false);
    }

    public bool IsKnown(Uid room) => room.IsZero || room == privateRoom || room == _profileRoom;

    public bool Can(Uid room, VerifyingKey user, RightsAction action, string entity, VerifyingKey creator) =>
        IsKnown(room) && _rights.Can(user, action, entity, creator);

    public bool TryJudge(Uid room, VerifyingKey user, ReadOnlySpan<Hash256> heads, int[] reach, [NotNullWhen(true)] out Rights? rights)
    {
        rights = IsKnown(room) && heads.IsEmpty ? _rights : null;
        return rights is not null;
    }

    public RoomRights? Find(Uid room) => null;

    public ReadOnlyMemory<Hash256> Heads(Uid room) => default;
}
