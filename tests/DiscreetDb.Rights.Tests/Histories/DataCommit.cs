using DiscreetDb.Core;

namespace DiscreetDb.RightsTests.Histories;

/// <summary>A commit of a device's data log. Several with one sequence are a fork.</summary>
internal sealed record DataCommit(HistoryUser User, Uid Device, long Sequence, Hash256 Id, Hash256 Previous);
