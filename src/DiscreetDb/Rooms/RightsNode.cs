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
        !ReferenceEquals(this, other) && Chain < other.Clock.Length && other.Clock[Chain] >= Position;

    public override string ToString() => $"{Height}:{Commit.Id}";
}

/// <summary>One admin grant: who, given by which operation. Seniority is <see cref="CompareTo" />: smaller is senior.</summary>
internal sealed class AdminTenure(RightsNode node, int operation, VerifyingKey user) : IComparable<AdminTenure>
{
    public RightsNode Node { get; } = node;

    public int Operation { get; } = operation;

    public VerifyingKey User { get; } = user;

    /// <summary>rank(grant) = (height, commit id, operation index), log.md §4.3.</summary>
    public int CompareTo(AdminTenure? other)
    {
        if (other is null)
        {
            return 1;
        }

        int order = Node.Height.CompareTo(other.Node.Height);
        if (order == 0)
        {
            order = Node.Commit.Id.CompareTo(other.Node.Commit.Id);
        }

        return order == 0 ? Operation.CompareTo(other.Operation) : order;
    }

    public bool IsSeniorTo(AdminTenure other) => CompareTo(other) < 0;
}
