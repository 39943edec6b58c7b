using DiscreetDb.Core;

namespace DiscreetDb.Query.Model;

/// <summary>What changed in a field that keeps its column.</summary>
internal sealed record FieldChange(Field Stored, Field Next)
{
    /// <summary>Whether the name is another; the column is named by the oldest and stays.</summary>
    public bool IsRenamed => Stored.Name != Next.Name;

    /// <summary>Whether Integer became Float.</summary>
    public bool IsWidened => Stored.Type != Next.Type;

    /// <summary>Whether rows that lack the value read another one, or none.</summary>
    public bool IsDefaultChanged => !AreSame(Stored.Default, Next.Default);

    /// <summary>Whether a scalar takes null, or a relation lets rows pass that lack it, and did not, or the reverse.</summary>
    public bool IsNullabilityChanged => Stored.IsNullable != Next.IsNullable;

    /// <summary>Whether none of these holds.</summary>
    public bool IsEmpty => !IsRenamed && !IsWidened && !IsDefaultChanged && !IsNullabilityChanged;

    private static bool AreSame(Value? stored, Value? next)
    {
        if (stored is not { } left || next is not { } right)
        {
            return stored is null && next is null;
        }

        return left.Kind == ValueKind.Integer && right.Kind == ValueKind.Float
            ? Value.Float(left.AsInteger).AsInteger == right.AsInteger
            : left.Kind == right.Kind && left.AsInteger == right.AsInteger && left.AsBytes.Span.SequenceEqual(right.AsBytes.Span);
    }
}
