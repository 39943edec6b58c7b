using System.Diagnostics;
using DiscreetDb.Core;

namespace DiscreetDb.Query.Parameters;

/// <summary>Parameters to typed values, one per variable (dialect §5). Used by queries, mutations and deletions alike.</summary>
internal static class ParameterBinder
{
    /// <summary>The values by slot.</summary>
    /// <exception cref="DiscreetException">
    /// MissingParameter, ConflictingParameterType, NotNullable, InvalidBase64, InvalidId, InvalidJson, InvalidFloat,
    /// InvalidString, InvalidPagingValue.
    /// </exception>
    public static Value[] Bind(VariableTable variables, IParameterSource? parameters)
    {
        if (variables.Count == 0)
        {
            return [];
        }

        Value[] values = new Value[variables.Count];
        for (int slot = 0; slot < values.Length; slot++)
        {
            values[slot] = Bind(variables[slot], parameters);
        }

        return values;
    }

    private static Value Bind(Variable variable, IParameterSource? parameters)
    {
        if (parameters is null || !parameters.TryGet(variable.Name, out Value value))
        {
            throw new DiscreetException(ErrorCode.MissingParameter, $"`${variable.Name}` has no parameter: add `{variable.Name}`.");
        }

        if (value.IsNull)
        {
            return variable.Type.IsNullable ? value : throw NotNullable(variable);
        }

        return variable.Type.Kind switch
        {
            VariableKind.Boolean when value.Kind == ValueKind.Boolean => value,
            VariableKind.Integer when value.Kind == ValueKind.Integer => CheckCount(variable, value),
            VariableKind.Float when value.Kind == ValueKind.Integer => Value.Float(value.AsInteger),
            VariableKind.Float when value.Kind == ValueKind.Float => CheckFloat(variable, value),
            VariableKind.String when value.Kind == ValueKind.Text => CheckText(variable, value),
            VariableKind.Base64 when value.Kind == ValueKind.Text => Decode(variable, value),
            VariableKind.Json when value.Kind == ValueKind.Text => ReadJson(variable, value),
            VariableKind.Selector => BindSelector(variable, value),
            _ => throw Conflict(variable, value),
        };
    }

    private static Value BindSelector(Variable variable, Value value) => value.Kind switch
    {
        ValueKind.Boolean or ValueKind.Integer => value,
        ValueKind.Float => CheckFloat(variable, value),
        ValueKind.Text => CheckText(variable, value),
        _ => throw Conflict(variable, value),
    };

    private static Value CheckCount(Variable variable, Value value) =>
        variable.Type.Rule.HasFlag(VariableRule.Count) && value.AsInteger < 0
            ? throw new DiscreetException(
                ErrorCode.InvalidPagingValue, $"Parameter `{variable.Name}` is {value.AsInteger}: `first` and `skip` are not negative.")
            : value;

    private static Value CheckFloat(Variable variable, Value value) =>
        double.IsFinite(value.AsFloat)
            ? value
            : throw new DiscreetException(ErrorCode.InvalidFloat, $"Parameter `{variable.Name}` is not a finite number.");

    private static Value CheckText(Variable variable, Value value) =>
        value.AsBytes.Span.Contains((byte)0)
            ? throw new DiscreetException(ErrorCode.InvalidString, $"Parameter `{variable.Name}` holds U+0000: remove it.")
            : value;

    private static Value Decode(Variable variable, Value value)
    {
        if (!Conversion.TryDecodeBase64(value.AsBytes.Span, out Value bytes))
        {
            throw new DiscreetException(
                ErrorCode.InvalidBase64, $"Parameter `{variable.Name}` is not base64url: use the URL-safe alphabet without padding.");
        }

        if (!variable.Type.Rule.HasFlag(VariableRule.Id))
        {
            return bytes;
        }

        return bytes.AsBytes.Length == Uid.SizeBytes
            ? bytes
            : throw new DiscreetException(
                ErrorCode.InvalidId,
                $"Parameter `{variable.Name}` is {bytes.AsBytes.Length} bytes; an id is {Uid.SizeBytes} bytes, {Uid.TextLength} characters.");
    }

    private static Value ReadJson(Variable variable, Value value) =>
        Conversion.TryReadJson(value.AsBytes, out Value json, out JsonFault fault)
            ? json
            : throw new DiscreetException(ErrorCode.InvalidJson, $"Parameter `{variable.Name}` is not JSON: {fault}.");

    private static DiscreetException NotNullable(Variable variable) =>
        new(ErrorCode.NotNullable, $"Parameter `{variable.Name}` is null, and stands where null is not possible.");

    private static DiscreetException Conflict(Variable variable, Value value) =>
        new(ErrorCode.ConflictingParameterType, $"Parameter `{variable.Name}` is {Describe(value.Kind)}, but stands for {variable.Type}.");

    private static string Describe(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "a boolean",
        ValueKind.Integer => "an integer",
        ValueKind.Float => "a float",
        ValueKind.Text => "a string",
        ValueKind.Null or ValueKind.Bytes or ValueKind.Json or ValueKind.Reference => $"of kind {kind}",
        _ => throw new UnreachableException(),
    };
}
