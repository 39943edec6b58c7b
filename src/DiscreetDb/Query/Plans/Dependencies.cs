using System.Collections.Immutable;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Plans;

/// <summary>What a query reads, as a change set can tell it: entities, and rooms where a filter fixes one.</summary>
internal static class Dependencies
{
    public static ImmutableArray<PlanDependency> Of(QueryOperation operation)
    {
        IEnumerable<EntityRead> reads = IrTree.GetReads(operation);
        PlanDependency[] found = [.. reads.Select(read => new PlanDependency(read.Entity, FindRoom(read.Where))).Distinct()];
        HashSet<Entity> whole = [.. found.Where(dependency => dependency.Room is null).Select(dependency => dependency.Entity)];
        return [.. found.Where(dependency => dependency.Room is null || !whole.Contains(dependency.Entity))];
    }

    /// <summary>A row that leaves the room is a deletion there, so what happens elsewhere never matters.</summary>
    private static Operand? FindRoom(Predicate where) => where switch
    {
        Predicate.And and => and.Terms.Select(FindRoom).FirstOrDefault(room => room is not null),
        Predicate.Compare { Comparison: Comparison.Equal, Expr: Expr.Column { Field.System: SystemField.RoomId } } room => room.Operand,
        _ => null,
    };
}
