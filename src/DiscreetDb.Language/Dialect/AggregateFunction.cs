namespace DiscreetDb.Language.Dialect;

/// <summary>The functions of dialect §6.10.</summary>
internal enum AggregateFunction
{
    Count,
    Sum,
    Average,
    Min,
    Max,
}
