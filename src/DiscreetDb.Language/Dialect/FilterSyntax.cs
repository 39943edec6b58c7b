namespace DiscreetDb.Language.Dialect;

/// <summary>Left side by field or alias, or by selector; exactly one is set.</summary>
internal sealed record FilterSyntax(Name? Field, JsonSelector? Selector, ComparisonOperator Operator, SyntaxValue Value, SourceSpan Span);
