using System.Collections.Immutable;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Query.Plans;

/// <summary>A text read, resolved and rewritten for one model version: everything that does not depend on parameters.</summary>
internal sealed class PreparedQuery(QueryOperation operation, int sizeBytes)
{
    public QueryOperation Operation => operation;

    public VariableTable Variables => operation.Variables;

    /// <summary>Slots of the variables whose being null changes the form of the plan.</summary>
    public ImmutableArray<int> ShapeSlots { get; } = PlanShape.FindSlots(operation);

    /// <summary>What it takes in memory, roughly.</summary>
    public int SizeBytes => sizeBytes;
}
