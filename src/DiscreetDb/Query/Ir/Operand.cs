using System.Runtime.CompilerServices;
using DiscreetDb.Core;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Query.Ir;

/// <summary>The other side of a comparison. The hierarchy is closed.</summary>
internal abstract record Operand
{
    /// <summary>A value of the text, already of the type of its place; never null. Each is one of its own, whatever its value.</summary>
    internal sealed record Literal(Value Value) : Operand
    {
        public bool Equals(Literal? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(this);
    }

    /// <summary>A variable by its slot, with the type of this place.</summary>
    internal sealed record Variable(int Slot, VariableType Type) : Operand;

    /// <summary>Whether the value can be null when the plan runs.</summary>
    public bool MayBeNull => this is Variable { Type.IsNullable: true };

    /// <inheritdoc />
    public sealed override string ToString() => IrText.Of(this);
}
