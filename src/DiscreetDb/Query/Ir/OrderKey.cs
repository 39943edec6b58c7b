namespace DiscreetDb.Query.Ir;

/// <summary>One key of an order; null is below every value.</summary>
internal sealed record OrderKey(Expr Expr, bool IsDescending)
{
    /// <inheritdoc />
    public override string ToString() => IrText.Of(this);
}
