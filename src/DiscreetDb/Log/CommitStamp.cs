using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>What decides between two operations on one field or link (log.md §3): the clock, then the id of the commit.</summary>
internal readonly record struct CommitStamp(Hlc Hlc, Hash256 Id) : IComparable<CommitStamp>
{
    public static bool operator <(CommitStamp left, CommitStamp right) => left.CompareTo(right) < 0;

    public static bool operator >(CommitStamp left, CommitStamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(CommitStamp left, CommitStamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(CommitStamp left, CommitStamp right) => left.CompareTo(right) >= 0;

    public int CompareTo(CommitStamp other)
    {
        int order = Hlc.CompareTo(other.Hlc);
        return order != 0 ? order : Id.CompareTo(other.Id);
    }
}
