namespace DiscreetDb;

/// <summary>What a verification looked at and what it found.</summary>
/// <param name="CommitCount">Commits whose hash, chain and signature were checked.</param>
/// <param name="RowCount">Rows that were compared with what the log projects to.</param>
/// <param name="Findings">One sentence per thing that is wrong, at most <see cref="Limits.FindingCount" />; empty: the database is sound.</param>
public sealed record VerificationReport(long CommitCount, long RowCount, IReadOnlyList<string> Findings)
{
    /// <summary>Whether nothing was found.</summary>
    public bool IsSound => Findings.Count == 0;
}
