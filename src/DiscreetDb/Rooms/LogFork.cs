using DiscreetDb.Core;

namespace DiscreetDb.Rooms;

/// <summary>A device signed two commits with this sequence after one and the same commit.</summary>
internal readonly record struct LogFork(long Sequence, Hash256 Previous);
