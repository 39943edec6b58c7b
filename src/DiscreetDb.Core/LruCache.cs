using System.Diagnostics.CodeAnalysis;

namespace DiscreetDb.Core;

/// <summary>
/// Keeps the values used last, at most <paramref name="capacity" /> of them and <paramref name="capacityBytes" /> in sum.
/// Finding one allocates nothing. May be used from any thread.
/// </summary>
internal sealed class LruCache<TKey, TValue>(int capacity, long capacityBytes = long.MaxValue)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Entry>> _nodes = new(capacity);
    private readonly LinkedList<Entry> _byUse = new();
    private long _sizeBytes;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _nodes.Count;
            }
        }
    }

    /// <summary>Finds a value and counts it as used.</summary>
    public bool TryGet(TKey key, [NotNullWhen(true)] out TValue? value)
    {
        lock (_gate)
        {
            if (!_nodes.TryGetValue(key, out LinkedListNode<Entry>? node))
            {
                value = null;
                return false;
            }

            _byUse.Remove(node);
            _byUse.AddFirst(node);
            value = node.Value.Value;
            return true;
        }
    }

    /// <summary>
    /// Keeps a value and, beyond a capacity, gives up those not used for longest. A value already there stays; the one that
    /// is there now is returned.
    /// </summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="sizeBytes">What it takes in memory, roughly. A value larger than the cache is not kept.</param>
    public TValue Add(TKey key, TValue value, int sizeBytes = 0)
    {
        lock (_gate)
        {
            if (_nodes.TryGetValue(key, out LinkedListNode<Entry>? known))
            {
                return known.Value.Value;
            }

            if (sizeBytes <= capacityBytes)
            {
                _nodes.Add(key, _byUse.AddFirst(new Entry(key, value, sizeBytes)));
                _sizeBytes += sizeBytes;
                Shrink();
            }

            return value;
        }
    }

    private void Shrink()
    {
        while ((_nodes.Count > capacity || _sizeBytes > capacityBytes) && _byUse.Last is { } oldest)
        {
            _byUse.RemoveLast();
            _nodes.Remove(oldest.Value.Key);
            _sizeBytes -= oldest.Value.SizeBytes;
        }
    }

    private readonly record struct Entry(TKey Key, TValue Value, int SizeBytes);
}
