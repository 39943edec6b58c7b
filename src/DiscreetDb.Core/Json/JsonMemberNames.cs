using System.Buffers;

namespace DiscreetDb.Core;

/// <summary>
/// The member names of the objects being read, unescaped, as a stack. Duplicates are found when an object ends: pair by
/// pair when there are few, else by sorting, so that no choice of names makes it slow.
/// </summary>
internal struct JsonMemberNames : IDisposable
{
    private const int FewCount = 8;
    private const int InitialNameCount = 16;
    private const int InitialSizeBytes = 256;

    private byte[]? _bytes;
    private Name[]? _names;
    private int _size;

    public int Count { get; private set; }

    /// <summary>Adds a name as it stands between its quotes, in a string already known to be valid.</summary>
    public void Add(ReadOnlySpan<byte> inside, bool hasEscapes)
    {
        EnsureRoom(inside.Length);
        Span<byte> free = _bytes.AsSpan(_size);
        int size = inside.Length;
        if (hasEscapes)
        {
            size = JsonUnescape.Write(inside, free);
        }
        else
        {
            inside.CopyTo(free);
        }

        _names.AsSpan()[Count++] = new Name(_size, size);
        _size += size;
    }

    /// <summary>Removes the names from the index on; false when two of them are the same.</summary>
    public bool TryRemoveDistinct(int first)
    {
        if (Count == first)
        {
            return true;
        }

        Span<Name> names = _names.AsSpan(first, Count - first);
        int start = names[0].Start;
        bool isDistinct = names.Length <= FewCount ? IsDistinctByPairs(names) : IsDistinctBySorting(names);
        Count = first;
        _size = start;
        return isDistinct;
    }

    public void Dispose()
    {
        if (_bytes is not null)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = null;
        }

        if (_names is not null)
        {
            ArrayPool<Name>.Shared.Return(_names);
            _names = null;
        }
    }

    private readonly bool IsDistinctByPairs(ReadOnlySpan<Name> names)
    {
        for (int i = 1; i < names.Length; i++)
        {
            foreach (Name earlier in names[..i])
            {
                if (earlier.In(_bytes).SequenceEqual(names[i].In(_bytes)))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private readonly bool IsDistinctBySorting(Span<Name> names)
    {
        byte[]? bytes = _bytes;
        names.Sort((left, right) => left.In(bytes).SequenceCompareTo(right.In(bytes)));
        for (int i = 1; i < names.Length; i++)
        {
            if (names[i - 1].In(bytes).SequenceEqual(names[i].In(bytes)))
            {
                return false;
            }
        }

        return true;
    }

    private void EnsureRoom(int size)
    {
        _bytes = Grown(_bytes, _size, size, InitialSizeBytes);
        _names = Grown(_names, Count, 1, InitialNameCount);
    }

    private static T[] Grown<T>(T[]? array, int used, int more, int initial)
    {
        if (array is not null && array.Length - used >= more)
        {
            return array;
        }

        T[] larger = ArrayPool<T>.Shared.Rent(Math.Max(initial, Math.Max(2 * used, used + more)));
        if (array is not null)
        {
            array.AsSpan(0, used).CopyTo(larger);
            ArrayPool<T>.Shared.Return(array);
        }

        return larger;
    }

    private readonly record struct Name(int Start, int Size)
    {
        public ReadOnlySpan<byte> In(byte[]? bytes) => bytes.AsSpan(Start, Size);
    }
}
