using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Log;

/// <summary>Rights under which everybody may do everything everywhere, so that merging is tested alone.</summary>
internal sealed class AnyRoom : IRights
{
    public bool IsKnown(Uid room) => true;

    public bool Can(Uid room, VerifyingKey user, RightsAction action, string entity, VerifyingKey creator) => true;

    public bool TryJudge(Uid room, VerifyingKey user, ReadOnlySpan<Hash256> heads, int[] reach, [NotNullWhen(true)] out Rights? rights)
    {
        rights = OwnRooms.RightsOfSoleMember(user);
        return true;
    }

    public RoomRights? Find(Uid room) => null;

    public ReadOnlyMemory<Hash256> Heads(Uid room) => default;
}
