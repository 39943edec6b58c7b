using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Query.Ir;

/// <summary>Something of a row, or of a group, that has a value. The hierarchy is closed.</summary>
internal abstract record Expr
{
    /// <summary>What it holds, as a literal or variable beside it must fit.</summary>
    public abstract VariableType Type { get; }

    /// <summary>A scalar field, declared or of the system.</summary>
    internal sealed record Column(Field Field) : Expr
    {
        public override VariableType Type => VariableType.Of(Field);
    }

    /// <summary>The scalar at a path of a Json field (dialect §6.9).</summary>
    internal sealed record JsonAt(Field Field, JsonPath Path) : Expr
    {
        public override VariableType Type => VariableType.Selector;
    }

    /// <summary>A function of a group; the field is null exactly for Count.</summary>
    internal sealed record Aggregate(AggregateKind Kind, Field? Field) : Expr
    {
        public override VariableType Type => Kind switch
        {
            AggregateKind.Count => new VariableType(VariableKind.Integer, false),
            AggregateKind.Total => new VariableType(VariableKind.Float, false),
            AggregateKind.Average => new VariableType(VariableKind.Float, true),
            _ => VariableType.Of(Field!) with { IsNullable = true }, // Min and Max have a field
        };
    }

    /// <summary>How well a row fits the search; the best first.</summary>
    internal sealed record Rank : Expr
    {
        public override VariableType Type => new(VariableKind.Float, false);
    }

    /// <inheritdoc />
    public sealed override string ToString() => IrText.Of(this);
}
