namespace DiscreetDb.Query.Ir;

/// <summary>One member of the answer.</summary>
internal sealed record Root(string ResponseKey, EntityRead Read)
{
    /// <inheritdoc />
    public override string ToString() => IrText.Of(this);
}
