using DiscreetDb.Core;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Log;

/// <summary>
/// Whether a value of the log fits a field of the model in force (dialect §4): what does not is skipped by the projection
/// and an older fitting value stays. Null fits wherever a row may lack the value; integers fit Float.
/// </summary>
internal static class ValueFit
{
    public static bool TryFit(Field field, in Value value, out Value fitted)
    {
        fitted = value;
        switch (value.Kind)
        {
            case ValueKind.Null:
                return !field.IsRequired && field.Type != FieldType.Links;
            case ValueKind.Integer when field.Type == FieldType.Float:
                fitted = Value.Float(value.AsInteger);
                return true;
            default:
                return value.Kind == KindOf(field.Type);
        }
    }

    /// <summary>What the column holds: the default where the row has no value.</summary>
    public static Value Effective(Field field, in Value value) => value.IsNull ? field.Default ?? Value.Null : value;

    /// <summary>Whether the field's content is searched (dialect §3.4).</summary>
    public static bool IsText(Field field) => !field.IsSystem && field.Type is FieldType.String or FieldType.Json or FieldType.Base64;

    private static ValueKind? KindOf(FieldType type) => type switch
    {
        FieldType.Integer => ValueKind.Integer,
        FieldType.Float => ValueKind.Float,
        FieldType.Boolean => ValueKind.Boolean,
        FieldType.String => ValueKind.Text,
        FieldType.Base64 => ValueKind.Bytes,
        FieldType.Json => ValueKind.Json,
        FieldType.Reference => ValueKind.Reference,
        _ => null,
    };
}
