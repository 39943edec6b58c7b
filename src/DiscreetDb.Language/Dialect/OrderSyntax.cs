namespace DiscreetDb.Language.Dialect;

/// <summary>One key of <c>order_by</c>, with its direction.</summary>
internal sealed record OrderSyntax(Name Key, bool Descending);
