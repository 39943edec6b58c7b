using System.Collections.Immutable;
using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>
/// A rights commit as the resolution sees it: signature, chain and certificate are verified. <see cref="Parents" /> are its
/// rights heads; the previous commit of its log is an ancestor, because a log's closure never shrinks.
/// </summary>
internal sealed record RightsCommit(
    Hash256 Id,
    VerifyingKey Author,
    Uid Device,
    ImmutableArray<Hash256> Parents,
    ImmutableArray<RightsOperation> Operations)
{
    /// <summary>Place in its device's rights log of the room.</summary>
    public long Sequence { get; init; }

    /// <summary>When; nothing is decided by it. Whatever names this commit as a head is dated later.</summary>
    public Hlc Hlc { get; init; }
}
