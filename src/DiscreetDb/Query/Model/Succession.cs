using System.Collections.Immutable;

namespace DiscreetDb.Query.Model;

/// <summary>
/// Which stored items go on under which new ones. A new item continues the stored one whose present name it has or has
/// had; position means nothing (dialect §4).
/// </summary>
internal sealed class Succession<T>
    where T : class, IEvolving
{
    private readonly Dictionary<T, T> _predecessors = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<T> _continued = new(ReferenceEqualityComparer.Instance);

    /// <summary>Matches two generations.</summary>
    public Succession(IEnumerable<T> stored, IEnumerable<T> next)
    {
        Stored = [.. stored];
        Next = [.. next];
        Dictionary<string, T> byName = Stored.ToDictionary(item => item.CurrentName, StringComparer.Ordinal);
        foreach (T item in Next)
        {
            if (FindPredecessor(item, byName) is { } predecessor)
            {
                _predecessors.Add(item, predecessor);
                _continued.Add(predecessor);
            }
        }
    }

    /// <summary>All of the stored model.</summary>
    public ImmutableArray<T> Stored { get; }

    /// <summary>All of the new model.</summary>
    public ImmutableArray<T> Next { get; }

    /// <summary>What the new model does not continue.</summary>
    public IEnumerable<T> Removed => Stored.Where(item => !_continued.Contains(item));

    /// <summary>The stored item a new one continues, null for one that is added.</summary>
    public T? PredecessorOf(T next) => _predecessors.GetValueOrDefault(next);

    private static T? FindPredecessor(T item, Dictionary<string, T> byName)
    {
        if (byName.TryGetValue(item.CurrentName, out T? found))
        {
            return found;
        }

        foreach (string former in item.FormerNames)
        {
            if (byName.TryGetValue(former, out found))
            {
                return found;
            }
        }

        return null;
    }
}
