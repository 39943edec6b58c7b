using System.Collections.Immutable;
using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Plans;

/// <summary>Which variables decide the form of a plan by being null: those of <c>!=</c> and of paging values.</summary>
internal static class PlanShape
{
    public static ImmutableArray<int> FindSlots(QueryOperation operation) =>
    [
        .. IrTree.GetReads(operation)
            .SelectMany(IrTree.GetConditions)
            .SelectMany(GetDecidingOperands)
            .OfType<Operand.Variable>()
            .Where(variable => variable.MayBeNull)
            .Select(variable => variable.Slot)
            .Distinct()
            .Order(),
    ];

    private static IEnumerable<Operand> GetDecidingOperands(Predicate predicate) => predicate switch
    {
        Predicate.Compare { Comparison: Comparison.NotEqual } compare => [compare.Operand],
        Predicate.Keyset keyset => keyset.Values,
        _ => [],
    };
}
