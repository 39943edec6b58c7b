using System.Diagnostics.CodeAnalysis;

namespace DiscreetDb.Core;

/// <summary>Keeps the values used last, at most <paramref name="capacity" /> of them. May be used from any thread.</summary>
internal sealed class LruCache<TKey, TValue>(int capacity)
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<(TKey Key, TValue Value)>> _nodes = new(capacity);
    private readonly LinkedList<(TKey Key, TValue Value)> _byUse = new();

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
            if (!_nodes.TryGetValue(key, out LinkedListNode<(TKey Key, TValue Value)>? node))
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

    /// <summary>Keeps a value and, beyond the capacity, gives up the one not used for longest. A value already there stays.</summary>
    public void Add(TKey key, TValue value)
    {
        lock (_gate)
        {
            LinkedListNode<(TKey Key, TValue Value)> node = new((key, value));
            if (!_nodes.TryAdd(key, node))
            {
                return;
            }

            _byUse.AddFirst(node);
            if (_byUse.Count > capacity && _byUse.Last is { } oldest)
            {
                _byUse.RemoveLast();
                _nodes.Remove(oldest.Value.Key);
            }
        }
    }
}
