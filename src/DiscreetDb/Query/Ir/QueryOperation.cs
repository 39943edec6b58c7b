using System.Collections.Immutable;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Query.Ir;

/// <summary>
/// What a query means, resolved against one model version: no SQL, no syntax tree (graphql.md §4). Both languages lower to
/// it; <see cref="object.ToString" /> of every part is a stable s-expression, the format of snapshots and of explain.
/// </summary>
internal sealed record QueryOperation(ImmutableArray<Root> Roots, VariableTable Variables)
{
    /// <inheritdoc />
    public override string ToString() => IrText.Of(this);
}
