using System.Collections.Immutable;
using DiscreetDb.Rooms;

namespace DiscreetDb.RightsTests.Histories;

/// <summary>The commits of a room, parents before children, and from where it is looked at.</summary>
internal sealed record History(
    int Seed,
    ImmutableArray<HistoryUser> Users,
    ImmutableArray<Uid> Authorisations,
    ImmutableArray<RightsCommit> Commits,
    ImmutableArray<DataCommit> Data,
    ImmutableArray<Viewpoint> Viewpoints)
{
    /// <summary>What may be asked about; whether a name was ever given a right is up to the history.</summary>
    public static ImmutableArray<string> Entities { get; } = ["E", "F"];
}
