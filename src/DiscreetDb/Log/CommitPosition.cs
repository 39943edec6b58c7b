using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>Where a commit stands, and when: everything the ids of its rows derive from.</summary>
internal readonly record struct CommitPosition(Uid Room, Uid Device, CommitKind Kind, long Sequence, Hlc Hlc);
