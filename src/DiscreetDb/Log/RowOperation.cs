namespace DiscreetDb.Log;

/// <summary>An operation on a row with its commit, in the order that decides: clock, commit id, index.</summary>
internal readonly record struct RowOperation(StoredCommit Commit, int Index) : IComparable<RowOperation>
{
    public Operation Operation => Commit.Body.Operations[Index];

    public static bool operator <(RowOperation left, RowOperation right) => left.CompareTo(right) < 0;

    public static bool operator >(RowOperation left, RowOperation right) => left.CompareTo(right) > 0;

    public static bool operator <=(RowOperation left, RowOperation right) => left.CompareTo(right) <= 0;

    public static bool operator >=(RowOperation left, RowOperation right) => left.CompareTo(right) >= 0;

    public int CompareTo(RowOperation other)
    {
        int order = Commit.Stamp.CompareTo(other.Commit.Stamp);
        return order != 0 ? order : Index.CompareTo(other.Index);
    }
}
