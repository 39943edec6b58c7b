using System.Collections.Immutable;
using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Plans;

/// <summary>Which variables decide the form of a plan by being null: those of <c>!=</c> and of paging values.</summary>
internal static class PlanShape
{
    public static ImmutableArray<int> FindSlots(QueryOperation operation)
    {
        SortedSet<int> slots = [];
        foreach (Root root in operation.Roots)
        {
            Collect(root.Read, slots);
        }

        return [.. slots];
    }

    private static void Collect(EntityRead read, SortedSet<int> slots)
    {
        Collect(read.Where, slots);
        if (read.Shape is Shape.Groups groups)
        {
            Collect(groups.Having, slots);
        }

        foreach (SelectedField.Nested nested in read.Shape.Fields.OfType<SelectedField.Nested>())
        {
            Collect(nested.Read, slots);
        }
    }

    private static void Collect(Predicate predicate, SortedSet<int> slots)
    {
        switch (predicate)
        {
            case Predicate.And { Terms: var terms }:
                CollectAll(terms, slots);
                break;
            case Predicate.Or { Terms: var terms }:
                CollectAll(terms, slots);
                break;
            case Predicate.Not not:
                Collect(not.Term, slots);
                break;
            case Predicate.Some some:
                Collect(some.Read, slots);
                break;
            case Predicate.Compare { Comparison: Comparison.NotEqual } compare:
                Add(compare.Operand, slots);
                break;
            case Predicate.Keyset keyset:
                AddAll(keyset.Values, slots);
                break;
        }
    }

    private static void CollectAll(ImmutableArray<Predicate> terms, SortedSet<int> slots)
    {
        foreach (Predicate term in terms)
        {
            Collect(term, slots);
        }
    }

    private static void AddAll(ImmutableArray<Operand> operands, SortedSet<int> slots)
    {
        foreach (Operand operand in operands)
        {
            Add(operand, slots);
        }
    }

    private static void Add(Operand operand, SortedSet<int> slots)
    {
        if (operand is Operand.Variable { Type.IsNullable: true } variable)
        {
            slots.Add(variable.Slot);
        }
    }
}
