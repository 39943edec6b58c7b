namespace DiscreetDb.Query.Ir;

/// <summary>One member of an object of the answer. The hierarchy is closed.</summary>
internal abstract record SelectedField(string ResponseKey)
{
    /// <summary>A value: a column, a part of a Json column, or a function of a group.</summary>
    internal sealed record Scalar(string ResponseKey, Expr Expr) : SelectedField(ResponseKey);

    /// <summary>Rows reached from this one.</summary>
    internal sealed record Nested(string ResponseKey, EntityRead Read) : SelectedField(ResponseKey);

    /// <inheritdoc />
    public sealed override string ToString() => IrText.Of(this);
}
