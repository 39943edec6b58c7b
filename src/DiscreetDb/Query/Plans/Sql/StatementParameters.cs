using System.Collections.Immutable;
using DiscreetDb.Core;
using DiscreetDb.Query.Ir;

namespace DiscreetDb.Query.Plans.Sql;

/// <summary>
/// The parameters of one statement. Every value is bound, constants too, so no text of a user is ever part of SQL; what
/// stands in several places of a statement has one number, so expressions stay comparable for SQLite.
/// </summary>
internal sealed class StatementParameters
{
    private readonly List<ParameterBinding> _bindings = [];
    private readonly Dictionary<(BindingKind Kind, int Index), int> _numbers = [];
    private readonly Dictionary<string, int> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<Operand, int> _literals = [];

    public ImmutableArray<ParameterBinding> Bindings => [.. _bindings];

    /// <summary>The parameter of an operand.</summary>
    /// <param name="operand">A literal or variable.</param>
    /// <param name="kind">How a variable is bound.</param>
    public string Of(Operand operand, BindingKind kind = BindingKind.Variable)
    {
        if (operand is Operand.Variable variable)
        {
            return Of(kind, variable.Slot);
        }

        if (!_literals.TryGetValue(operand, out int number))
        {
            number = Add(BindingKind.Constant, 0, ((Operand.Literal)operand).Value);
            _literals.Add(operand, number);
        }

        return $"?{number}";
    }

    public string OfParent(int column) => Of(BindingKind.ParentColumn, column);

    public string OfText(string text)
    {
        if (!_texts.TryGetValue(text, out int number))
        {
            number = Add(BindingKind.Constant, 0, Value.Text(text));
            _texts.Add(text, number);
        }

        return $"?{number}";
    }

    public string OfConstant(Value value) => $"?{Add(BindingKind.Constant, 0, value)}";

    private string Of(BindingKind kind, int index)
    {
        if (!_numbers.TryGetValue((kind, index), out int number))
        {
            number = Add(kind, index, Value.Null);
            _numbers.Add((kind, index), number);
        }

        return $"?{number}";
    }

    private int Add(BindingKind kind, int index, Value constant)
    {
        int number = _bindings.Count + 1;
        _bindings.Add(new ParameterBinding(number, kind, index, constant));
        return number;
    }
}
