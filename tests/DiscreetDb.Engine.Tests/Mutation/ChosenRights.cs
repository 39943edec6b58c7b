using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>Rooms that are all known, in which a test says what is refused.</summary>
internal sealed class ChosenRights : IRights
{
    /// <summary>The room in which something is refused; everything is allowed elsewhere.</summary>
    public Uid Room { get; } = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

    public HashSet<RowAction> Refused { get; } = [];

    public bool IsKnown(Uid room) => true;

    public bool Can(Uid room, VerifyingKey user, RowAction action, string entity, VerifyingKey creator, ReadOnlySpan<Hash256> heads) =>
        room != Room || !Refused.Contains(action);

    public ReadOnlySpan<Hash256> Heads(Uid room) => [];
}
