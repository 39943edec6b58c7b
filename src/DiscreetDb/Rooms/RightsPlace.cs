namespace DiscreetDb.Rooms;

/// <summary>Where an operation stands in the graph. Ordered by rank: height, commit id, operation (log.md §4.3); smaller is senior.</summary>
internal readonly record struct RightsPlace(RightsNode Node, int Operation) : IComparable<RightsPlace>
{
    /// <summary>Whether the other was written knowing this one: in a descendant, or behind it in the same commit.</summary>
    public bool IsBefore(RightsPlace other) =>
        Node.IsAncestorOf(other.Node) || (ReferenceEquals(Node, other.Node) && Operation < other.Operation);

    public int CompareTo(RightsPlace other)
    {
        int order = Node.Height.CompareTo(other.Node.Height);
        if (order == 0)
        {
            order = Node.Commit.Id.CompareTo(other.Node.Commit.Id);
        }

        return order == 0 ? Operation.CompareTo(other.Operation) : order;
    }
}
