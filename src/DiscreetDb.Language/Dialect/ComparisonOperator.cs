namespace DiscreetDb.Language.Dialect;

/// <summary>The operators of dialect §6.4.</summary>
internal enum ComparisonOperator
{
    Equal,
    NotEqual,
    Greater,
    GreaterOrEqual,
    Less,
    LessOrEqual,
}
