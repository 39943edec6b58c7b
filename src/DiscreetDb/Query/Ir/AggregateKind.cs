namespace DiscreetDb.Query.Ir;

/// <summary>A function of a group.</summary>
internal enum AggregateKind
{
    Count,

    /// <summary>The sum as a float; 0.0 of nothing.</summary>
    Total,

    /// <summary>Of the values that are not null.</summary>
    Average,
    Min,
    Max,
}
