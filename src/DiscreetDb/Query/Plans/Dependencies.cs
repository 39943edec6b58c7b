using System.Collections.Immutable;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Plans;

/// <summary>What a query reads, as a change set can tell it: entities, and rooms where a filter fixes one.</summary>
internal static class Dependencies
{
    public static ImmutableArray<PlanDependency> Of(QueryOperation operation)
    {
        HashSet<PlanDependency> found = [];
        foreach (Root root in operation.Roots)
        {
            Collect(root.Read, found);
        }

        HashSet<Entity> whole = [.. found.Where(dependency => dependency.Room is null).Select(dependency => dependency.Entity)];
        return [.. found.Where(dependency => dependency.Room is null || !whole.Contains(dependency.Entity))];
    }

    private static void Collect(EntityRead read, HashSet<PlanDependency> found)
    {
        found.Add(new PlanDependency(read.Entity, FindRoom(read.Where)));
        Collect(read.Where, found);
        foreach (SelectedField.Nested nested in read.Shape.Fields.OfType<SelectedField.Nested>())
        {
            Collect(nested.Read, found);
        }
    }

    private static void Collect(Predicate predicate, HashSet<PlanDependency> found)
    {
        switch (predicate)
        {
            case Predicate.Some some:
                Collect(some.Read, found);
                break;
            case Predicate.Not not:
                Collect(not.Term, found);
                break;
            case Predicate.And { Terms: var terms }:
                CollectAll(terms, found);
                break;
            case Predicate.Or { Terms: var terms }:
                CollectAll(terms, found);
                break;
        }
    }

    private static void CollectAll(ImmutableArray<Predicate> terms, HashSet<PlanDependency> found)
    {
        foreach (Predicate term in terms)
        {
            Collect(term, found);
        }
    }

    /// <summary>A row that leaves the room is a deletion there, so what happens elsewhere never matters.</summary>
    private static Operand? FindRoom(Predicate where) => where switch
    {
        Predicate.And and => and.Terms.Select(FindRoom).FirstOrDefault(room => room is not null),
        Predicate.Compare { Expr: Expr.Column { Field.System: SystemField.RoomId }, Comparison: Comparison.Equal } compare => compare.Operand,
        _ => null,
    };
}
