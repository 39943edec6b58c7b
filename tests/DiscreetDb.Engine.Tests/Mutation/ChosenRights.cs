using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>Rooms that are all known, in which a test says what is refused.</summary>
internal sealed class ChosenRights : IRights
{
    /// <summary>The room in which something is refused; everything is allowed elsewhere.</summary>
    public Uid Room { get; } = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    public HashSet<RightsAction> Refused { get; } = [];

    public bool IsKnown(Uid room) => true;

    public bool Can(Uid room, VerifyingKey user, RightsAction action, string entity, VerifyingKey creator) =>
        room != Room || !Refused.Contains(action);

    public bool TryJudge(Uid room, VerifyingKey user, ReadOnlySpan<Hash256> heads, int[] reach, [NotNullWhen(true)] out Rights? rights) =>
        throw new NotSupportedException("Nothing is judged here.");

    public RoomRights? Find(Uid room) => null;

    public ReadOnlyMemory<Hash256> Heads(Uid room) => default;
}
