using System.Buffers;

namespace DiscreetDb.Query.Plans.Grouping;

/// <summary>
/// The groups of one run, found by the bytes of their keys (<see cref="GroupKeys" />), each with so many aggregates. Bounded like
/// the answer: a key takes hardly more here than in the text it becomes.
/// </summary>
internal sealed class GroupTable(int aggregateCount, int limit = Limits.AnswerSizeBytes)
{
    private readonly ArrayBufferWriter<byte> _keys = new(1_024);
    private readonly List<Group> _groups = [];
    private int[] _buckets = new int[256];
    private GroupState[] _states = new GroupState[64 * Math.Max(1, aggregateCount)];

    public int Count => _groups.Count;

    /// <summary>The aggregates of the group with this key; a new group begins with empty ones. Valid until the next call.</summary>
    /// <exception cref="DiscreetException">AnswerTooLarge.</exception>
    public Span<GroupState> Find(ReadOnlySpan<byte> key)
    {
        HashCode hash = default;
        hash.AddBytes(key);
        int code = hash.ToHashCode();
        for (int i = _buckets[code & (_buckets.Length - 1)] - 1; i >= 0; i = _groups[i].Next)
        {
            if (_groups[i].Code == code && KeyOf(i).SequenceEqual(key))
            {
                return StatesOf(i);
            }
        }

        return StatesOf(Add(key, code));
    }

    public ReadOnlySpan<byte> KeyOf(int group) => _keys.WrittenSpan.Slice(_groups[group].Start, _groups[group].Size);

    public Span<GroupState> StatesOf(int group) => _states.AsSpan(group * aggregateCount, aggregateCount);

    /// <summary>The groups in the order of their keys.</summary>
    public int[] InOrder()
    {
        int[] order = [.. Enumerable.Range(0, Count)];
        Array.Sort(order, (left, right) => GroupKeys.Compare(KeyOf(left), KeyOf(right)));
        return order;
    }

    private int Add(ReadOnlySpan<byte> key, int code)
    {
        if ((long)_keys.WrittenCount + key.Length > limit)
        {
            throw new DiscreetException(
                ErrorCode.AnswerTooLarge, $"The groups take more than {limit} bytes: ask for less with filters or other keys.");
        }

        if (Count == _buckets.Length)
        {
            Widen();
        }

        int group = Count;
        ref int bucket = ref _buckets[code & (_buckets.Length - 1)];
        _groups.Add(new Group(_keys.WrittenCount, key.Length, code, bucket - 1));
        bucket = group + 1;
        _keys.Write(key);
        if (Count * aggregateCount > _states.Length)
        {
            Array.Resize(ref _states, _states.Length * 2);
        }

        return group;
    }

    private void Widen()
    {
        _buckets = new int[_buckets.Length * 2];
        for (int i = 0; i < Count; i++)
        {
            ref int bucket = ref _buckets[_groups[i].Code & (_buckets.Length - 1)];
            _groups[i] = _groups[i] with { Next = bucket - 1 };
            bucket = i + 1;
        }
    }

    private readonly record struct Group(int Start, int Size, int Code, int Next);
}
