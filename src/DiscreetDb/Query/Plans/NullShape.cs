using System.Collections.Immutable;
using DiscreetDb.Core;

namespace DiscreetDb.Query.Plans;

/// <summary>
/// Which of the variables that decide the form of a plan are null. SQL that asks at run time, <c>(?1 IS NULL OR x = ?1)</c>,
/// throws the index away; so each shape has its own plan (graphql.md §3.3).
/// </summary>
internal readonly record struct NullShape(UInt128 NullVariables)
{
    /// <summary>A document with more such variables is planned each time.</summary>
    public const int MaxVariableCount = 128;

    /// <param name="slots">Slots of the variables that decide; each has its bit by its position here.</param>
    /// <param name="values">The values by slot.</param>
    public static NullShape Of(ImmutableArray<int> slots, ReadOnlySpan<Value> values)
    {
        UInt128 bits = 0;
        for (int i = 0; i < Math.Min(slots.Length, MaxVariableCount); i++)
        {
            bits |= values[slots[i]].IsNull ? UInt128.One << i : 0;
        }

        return new NullShape(bits);
    }
}
