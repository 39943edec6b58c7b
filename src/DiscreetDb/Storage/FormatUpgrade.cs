namespace DiscreetDb.Storage;

/// <summary>One step of the ladder of file formats, from <paramref name="From" /> to the next.</summary>
/// <param name="From">The format it starts at.</param>
/// <param name="Apply">Rewrites what changed, inside one transaction with the new format number.</param>
internal sealed record FormatUpgrade(int From, Action<Connection> Apply)
{
    public int To => From + 1;
}
