namespace DiscreetDb.Mutation;

/// <summary>Conditions a write is bound to.</summary>
internal sealed record MutationOptions
{
    /// <summary>
    /// Row id → the <c>mdate</c> the caller last saw. If a row was changed or deleted since, the document is refused with
    /// <see cref="ErrorCode.RowChanged" /> and nothing is written.
    /// </summary>
    public IReadOnlyDictionary<Uid, long> IfMdate { get; init; } = new Dictionary<Uid, long>();
}
