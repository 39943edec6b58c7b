namespace DiscreetDb.Rooms;

/// <summary>
/// A rights commit in its graph. Ancestry is answered from <see cref="Clock" />: the graph is cut into chains, and of every
/// chain a commit's ancestors are a prefix, so one number per chain says which.
/// </summary>
internal sealed class RightsNode(RightsCommit commit, int index, int height, int chain, int position, int[] clock)
{
    public RightsCommit Commit { get; } = commit;

    /// <summary>Place in topological order.</summary>
    public int Index { get; } = index;

    /// <summary>Longest path from genesis.</summary>
    public int Height { get; } = height;

    public int Chain { get; } = chain;

    /// <summary>Place in its chain, from 1.</summary>
    public int Position { get; } = position;

    /// <summary>Per chain, how many of its first commits are this commit or its ancestors.</summary>
    public int[] Clock { get; } = clock;

    /// <summary>Signed by a device its own user had revoked in its ancestors: it has no effect.</summary>
    public bool IsRevoked { get; set; }

    /// <summary>The most senior admin tenure this commit acts under, or null.</summary>
    public AdminTenure? Tenure { get; set; }

    /// <summary>The operations that count, by index; null until resolved.</summary>
    public bool[] Counting { get; set; } = [];

    /// <summary>Whether anything of it counts, or it is a member's merge.</summary>
    public bool Counts { get; set; }

    /// <summary>Whether this is an ancestor of the other; false for itself.</summary>
    public bool IsAncestorOf(RightsNode other) =>
        !ReferenceEquals(this, other) && RightsClock.Contains(other.Clock, this);

    public override string ToString() => $"{Height}:{Commit.Id}";
}
