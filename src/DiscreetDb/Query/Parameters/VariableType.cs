using System.Diagnostics;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Query.Parameters;

/// <summary>Type and nullability of the place a variable or literal stands in (dialect §5).</summary>
internal readonly record struct VariableType(VariableKind Kind, bool IsNullable, VariableRule Rule = VariableRule.None)
{
    /// <summary>An id that designates a row.</summary>
    public static VariableType RowId => new(VariableKind.Base64, false, VariableRule.Id);

    /// <summary>The number of <c>first</c> or <c>skip</c>.</summary>
    public static VariableType Count => new(VariableKind.Integer, false, VariableRule.Count);

    /// <summary>The text of <c>search</c>.</summary>
    public static VariableType Search => new(VariableKind.String, false);

    /// <summary>The right side of a filter on a JSON selector.</summary>
    public static VariableType Selector => new(VariableKind.Selector, true);

    /// <summary>The type of a scalar field, declared or of the system.</summary>
    public static VariableType Of(Field field)
    {
        VariableKind kind = field.Type switch
        {
            FieldType.Boolean => VariableKind.Boolean,
            FieldType.Integer => VariableKind.Integer,
            FieldType.Float => VariableKind.Float,
            FieldType.String => VariableKind.String,
            FieldType.Base64 => VariableKind.Base64,
            FieldType.Json => VariableKind.Json,
            _ => throw new UnreachableException($"The relation `{field.Name}` takes no scalar."),
        };
        bool isId = field.System is SystemField.Id or SystemField.RoomId;
        return new VariableType(kind, field.IsNullable, isId ? VariableRule.Id : VariableRule.None);
    }

    /// <summary>Whether one variable may stand in both places.</summary>
    public bool AgreesWith(VariableType other) =>
        Kind == VariableKind.Selector
        || other.Kind == VariableKind.Selector
        || (Kind == other.Kind && IsNullable == other.IsNullable);

    /// <summary>The type of a variable that stands in both places; they agree.</summary>
    public VariableType Join(VariableType other) =>
        Kind == VariableKind.Selector ? other with { Rule = other.Rule | Rule } : this with { Rule = other.Rule | Rule };

    /// <inheritdoc />
    public override string ToString() => (Rule.HasFlag(VariableRule.Id) ? "id" : Kind.ToString()) + (IsNullable ? " nullable" : "");
}
