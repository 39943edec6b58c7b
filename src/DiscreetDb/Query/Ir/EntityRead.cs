using System.Collections.Immutable;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Ir;

/// <summary>Rows of one entity: where they come from, which of them, in which order, and what is written of each.</summary>
/// <param name="Entity">The entity read.</param>
/// <param name="Source">Where its rows come from, seen from the parent's row.</param>
/// <param name="Where">Which rows; on columns, never on aggregates.</param>
/// <param name="Search">Text every row must contain; the order is then by rank.</param>
/// <param name="Order">Keys of the order; after <c>Rewrite</c> it is total.</param>
/// <param name="Page">The part of the order that is wanted.</param>
/// <param name="Presence">What its emptiness means for the parent.</param>
/// <param name="Shape">What is written.</param>
internal sealed record EntityRead(
    Entity Entity,
    Source Source,
    Predicate Where,
    Operand? Search,
    ImmutableArray<OrderKey> Order,
    Page Page,
    Presence Presence,
    Shape Shape)
{
    /// <inheritdoc />
    public override string ToString() => IrText.Of(this);
}
