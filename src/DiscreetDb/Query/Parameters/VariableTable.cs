using System.Collections.Immutable;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Query.Parameters;

/// <summary>The variables of a document. A variable is known by its slot: its position here.</summary>
internal sealed record VariableTable(ImmutableArray<Variable> Variables)
{
    public static VariableTable Empty { get; } = new([]);

    public int Count => Variables.Length;

    public Variable this[int slot] => Variables[slot];

    /// <summary>Collects variables while a document is resolved.</summary>
    internal sealed class Builder(SourceText source)
    {
        private readonly List<Variable> _variables = [];
        private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);

        /// <summary>The slot of a variable that stands in a place of this type.</summary>
        /// <exception cref="DiscreetException">ConflictingVariableType.</exception>
        public int Add(SyntaxValue.Variable variable, VariableType type)
        {
            if (!_slots.TryGetValue(variable.Name, out int slot))
            {
                _slots.Add(variable.Name, _variables.Count);
                _variables.Add(new Variable(variable.Name, type));
                return _variables.Count - 1;
            }

            VariableType known = _variables[slot].Type;
            if (!known.AgreesWith(type))
            {
                throw source.Error(
                    ErrorCode.ConflictingVariableType,
                    variable.Span,
                    $"`${variable.Name}` stands for {known} elsewhere and for {type} here: use two variables.");
            }

            _variables[slot] = new Variable(variable.Name, known.Join(type));
            return slot;
        }

        public VariableTable Build() => new([.. _variables]);
    }
}
