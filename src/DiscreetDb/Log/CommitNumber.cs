namespace DiscreetDb.Log;

/// <summary>Number of a commit in <c>$commit</c>: its log and its sequence, so that a log lies together and in order.</summary>
internal readonly record struct CommitNumber(long Value) : IComparable<CommitNumber>
{
    private const int SequenceBits = 40;

    public const long MaxSequence = (1L << SequenceBits) - 1;

    public CommitNumber(int log, long sequence)
        : this(((long)log << SequenceBits) | sequence)
    {
    }

    public int Log => (int)(Value >> SequenceBits);

    public long Sequence => Value & MaxSequence;

    public int CompareTo(CommitNumber other) => Value.CompareTo(other.Value);
}
