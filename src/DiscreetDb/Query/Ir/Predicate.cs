using System.Collections.Immutable;

namespace DiscreetDb.Query.Ir;

/// <summary>A condition on a row or group. The hierarchy is closed.</summary>
internal abstract record Predicate
{
    internal sealed record True : Predicate;

    internal sealed record False : Predicate;

    internal sealed record And(ImmutableArray<Predicate> Terms) : Predicate;

    internal sealed record Or(ImmutableArray<Predicate> Terms) : Predicate;

    internal sealed record Not(Predicate Term) : Predicate;

    internal sealed record Compare(Expr Expr, Comparison Comparison, Operand Operand, NullRule NullRule) : Predicate;

    internal sealed record IsNull(Expr Expr) : Predicate;

    /// <summary>At least one row that the read describes is reached from this row; its shape and page do not matter.</summary>
    internal sealed record Some(EntityRead Read) : Predicate;

    /// <summary>The row lies strictly after, or strictly before, the values of the first keys (dialect §6.6).</summary>
    internal sealed record Keyset(ImmutableArray<OrderKey> Keys, ImmutableArray<Operand> Values, bool IsAfter) : Predicate;

    /// <summary>All terms hold.</summary>
    public static Predicate All(IEnumerable<Predicate> terms)
    {
        ImmutableArray<Predicate> needed = [.. terms.Where(t => t is not True)];
        return needed.Length switch
        {
            0 => new True(),
            1 => needed[0],
            _ => new And(needed),
        };
    }

    /// <inheritdoc />
    public sealed override string ToString() => IrText.Of(this);
}
