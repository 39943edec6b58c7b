using DiscreetDb.Core;

namespace DiscreetDb.Mutation;

/// <summary>A value of a mutation: a literal of the text, null included, or a variable by its slot.</summary>
internal readonly record struct WriteOperand
{
    private readonly Value _literal;
    private readonly int _slotPlusOne;

    private WriteOperand(Value literal, int slotPlusOne)
    {
        _literal = literal;
        _slotPlusOne = slotPlusOne;
    }

    /// <summary>The default operand: the literal null.</summary>
    public static WriteOperand Null => default;

    /// <summary>The slot of a variable, null for a literal.</summary>
    public int? Slot => _slotPlusOne == 0 ? null : _slotPlusOne - 1;

    /// <summary>A value of the text, already of the type of its place.</summary>
    public static WriteOperand Literal(Value value) => new(value, 0);

    /// <summary>A variable of the plan's table.</summary>
    public static WriteOperand Variable(int slot) => new(default, slot + 1);

    /// <summary>The value, given those of the variables.</summary>
    public Value Get(ReadOnlySpan<Value> variables) => _slotPlusOne == 0 ? _literal : variables[_slotPlusOne - 1];
}
