using System.Runtime.InteropServices;

namespace DiscreetDb.Rooms;

/// <summary>Sets of commits closed under ancestry, as one count per chain; missing entries are zero.</summary>
internal static class RightsClock
{
    /// <summary>Compares clocks by their numbers.</summary>
    public static IEqualityComparer<int[]> Comparer { get; } = EqualityComparer<int[]>.Create(
        (left, right) => left.AsSpan().SequenceEqual(right),
        clock =>
        {
            HashCode hash = default;
            hash.AddBytes(MemoryMarshal.AsBytes(clock.AsSpan()));
            return hash.ToHashCode();
        });

    /// <summary>The union. Returns one of the two themselves when it contains the other.</summary>
    public static int[] Max(int[] left, int[] right)
    {
        if (Contains(left, right))
        {
            return left;
        }

        if (Contains(right, left))
        {
            return right;
        }

        int[] longer = left.Length >= right.Length ? left : right;
        int[] shorter = ReferenceEquals(longer, left) ? right : left;
        int[] union = (int[])longer.Clone();
        for (int i = 0; i < shorter.Length; i++)
        {
            union[i] = Math.Max(union[i], shorter[i]);
        }

        return union;
    }

    public static bool Contains(int[] clock, RightsNode node) => node.Chain < clock.Length && clock[node.Chain] >= node.Position;

    private static bool Contains(int[] larger, int[] smaller)
    {
        if (smaller.Length > larger.Length)
        {
            return false;
        }

        for (int i = 0; i < smaller.Length; i++)
        {
            if (smaller[i] > larger[i])
            {
                return false;
            }
        }

        return true;
    }
}
