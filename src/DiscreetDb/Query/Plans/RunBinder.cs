using DiscreetDb.Core;
using DiscreetDb.Query.Ir;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans;

/// <summary>Binds what is the same in a whole run: constants and variables.</summary>
internal readonly struct RunBinder(Value[] variables)
{
    public void Bind(Statement statement, PlanNode node)
    {
        foreach (ParameterBinding binding in node.RunBindings.AsSpan())
        {
            Bind(statement, binding);
        }
    }

    /// <summary>The number of <c>first</c> or <c>skip</c>; 0 where there is none.</summary>
    public long GetCount(Operand? operand) => operand switch
    {
        Operand.Variable variable => variables[variable.Slot].AsInteger,
        Operand.Literal literal => literal.Value.AsInteger,
        _ => 0,
    };

    private void Bind(Statement statement, in ParameterBinding binding)
    {
        switch (binding.Kind)
        {
            case BindingKind.Constant:
                statement.Bind(binding.Parameter, binding.Constant);
                break;
            case BindingKind.LimitVariable:
                long limit = variables[binding.Index].AsInteger;
                statement.Bind(binding.Parameter, limit == 0 ? -1 : limit);
                break;
            case BindingKind.SelectorVariable:
                BindSelector(statement, binding.Parameter, variables[binding.Index]);
                break;
            case BindingKind.SearchVariable:
                statement.BindText(binding.Parameter, SearchTerms.ToMatch(variables[binding.Index].AsBytes.Span));
                break;
            default:
                statement.Bind(binding.Parameter, variables[binding.Index]);
                break;
        }
    }

    private static void BindSelector(Statement statement, int parameter, in Value value)
    {
        if (value.Kind == ValueKind.Bytes)
        {
            statement.BindText(parameter, Base64Url.Encode(value.AsBytes.Span));
            return;
        }

        statement.Bind(parameter, value);
    }
}
