namespace DiscreetDb.Mutation;

/// <summary>The condition of <see cref="MutationOptions.IfMdate" /> while one document runs: every row is still as the caller saw it.</summary>
internal sealed class WriteCondition(IReadOnlyDictionary<Uid, long>? expected)
{
    private readonly HashSet<Uid> _checked = [];

    /// <summary>Compares one row, the first time it is asked about; a null date says that there is no such row.</summary>
    /// <exception cref="DiscreetException">RowChanged.</exception>
    public void Check(Uid row, long? mdate)
    {
        if (expected is null || !expected.TryGetValue(row, out long expectedMdate) || !_checked.Add(row))
        {
            return;
        }

        if (mdate != expectedMdate)
        {
            string found = mdate is null ? "is gone" : $"was changed at {mdate}";
            throw new DiscreetException(
                ErrorCode.RowChanged, $"The row {row} {found}, not last at {expectedMdate}; read it again and decide anew.");
        }
    }

    /// <summary>Compares the rows the document itself did not name.</summary>
    public void CheckOthers(RowReader reader)
    {
        if (expected is null || expected.Count == _checked.Count)
        {
            return;
        }

        foreach (Uid row in expected.Keys)
        {
            if (!_checked.Contains(row))
            {
                Check(row, reader.FindMdate(row));
            }
        }
    }
}
