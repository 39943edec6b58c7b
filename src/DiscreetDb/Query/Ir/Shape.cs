using System.Collections.Immutable;

namespace DiscreetDb.Query.Ir;

/// <summary>What is written of the rows. The hierarchy is closed.</summary>
internal abstract record Shape(ImmutableArray<SelectedField> Fields)
{
    /// <summary>One object, or null.</summary>
    internal sealed record One(ImmutableArray<SelectedField> Fields) : Shape(Fields);

    /// <summary>An array of objects.</summary>
    internal sealed record List(ImmutableArray<SelectedField> Fields) : Shape(Fields);

    /// <summary>
    /// Groups instead of rows: the columns among the fields are the keys, the others functions of each group. Without a
    /// key there is exactly one group, also of no rows.
    /// </summary>
    internal sealed record Groups(ImmutableArray<SelectedField> Fields, Predicate Having, bool IsList) : Shape(Fields)
    {
        /// <summary>What the rows are grouped by, in the order of selection.</summary>
        public IEnumerable<Expr> Keys => Fields.OfType<SelectedField.Scalar>().Select(f => f.Expr).Where(e => e is not Expr.Aggregate);

        /// <summary>Whether nothing can leave it without a group.</summary>
        public bool HasAlwaysOne => Having is Predicate.True && !Keys.Any();
    }

    /// <inheritdoc />
    public sealed override string ToString() => IrText.Of(this);
}
