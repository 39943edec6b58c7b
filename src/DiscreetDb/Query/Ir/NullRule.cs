namespace DiscreetDb.Query.Ir;

/// <summary>Whether a null value differs from a value.</summary>
internal enum NullRule
{
    /// <summary>A null value never satisfies a comparison (dialect §6.4).</summary>
    NeverMatches,

    /// <summary>A null value differs from every value (graphql.md §2.3).</summary>
    Differs,
}
