using System.Collections.Immutable;
using DiscreetDb.Core;

namespace DiscreetDb.RightsTests.Histories;

/// <summary>Whose knowledge is asked about: everything, a set of heads, or what a data commit is judged by.</summary>
internal abstract record Viewpoint
{
    internal sealed record Everything : Viewpoint;

    internal sealed record Known(ImmutableArray<Hash256> Heads) : Viewpoint;

    internal sealed record Judged(ImmutableArray<Hash256> Heads, DataCommit Commit) : Viewpoint;
}
