using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Log;

/// <summary>Rights under which everybody may do everything everywhere, so that merging is tested alone.</summary>
internal sealed class AnyRoom : IRights
{
    public bool IsKnown(Uid room) => true;

    public bool Can(Uid room, VerifyingKey user, RowAction action, string entity, VerifyingKey creator, ReadOnlySpan<Hash256> heads) => true;

    public ReadOnlySpan<Hash256> Heads(Uid room) => [];
}
