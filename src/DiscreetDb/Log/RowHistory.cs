using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Which commits touched a row beside the insert it is shown by (<c>$history</c>): from them a row is projected again.</summary>
internal sealed class RowHistory(Connection connection)
{
    // At least the greatest row of the table. Row ids begin with their time, so a new row is greater than nearly always
    // everything here and needs no look. A rollback may leave it too great, which costs a look and no more.
    private Uid? _greatest;

    /// <summary>Whether the row may have a history; false is certain.</summary>
    public bool MayHave(Uid row)
    {
        _greatest ??= ReadGreatest();
        return row <= _greatest.Value;
    }

    public bool Has(Uid row) => MayHave(row) && HasAny(row);

    public void Add(Uid row, HistoryKind kind, CommitNumber commit)
    {
        if (!MayHave(row))
        {
            _greatest = row;
        }

        using Statement statement = connection.Prepare("INSERT OR IGNORE INTO \"$history\" (row, kind, \"commit\") VALUES (?1, ?2, ?3)");
        statement.Bind(1, row);
        statement.Bind(2, (long)kind);
        statement.Bind(3, commit.Value);
        statement.Run();
    }

    public bool Contains(Uid row, HistoryKind kind, CommitNumber commit)
    {
        using Statement statement = connection.Prepare("SELECT 1 FROM \"$history\" WHERE row = ?1 AND kind = ?2 AND \"commit\" = ?3");
        statement.Bind(1, row);
        statement.Bind(2, (long)kind);
        statement.Bind(3, commit.Value);
        return statement.Step();
    }

    /// <summary>The row is shown by this insert from now on.</summary>
    public void RemoveInsert(Uid row, CommitNumber commit) => Remove(row, HistoryKind.Insert, commit);

    public void Remove(Uid row, HistoryKind kind, CommitNumber commit)
    {
        using Statement statement = connection.Prepare("DELETE FROM \"$history\" WHERE row = ?1 AND kind = ?2 AND \"commit\" = ?3");
        statement.Bind(1, row);
        statement.Bind(2, (long)kind);
        statement.Bind(3, commit.Value);
        statement.Run();
    }

    /// <summary>The commits of a row, inserts first.</summary>
    public void Read(Uid row, List<CommitNumber> commits)
    {
        using Statement statement = connection.Prepare("SELECT \"commit\" FROM \"$history\" WHERE row = ?1 ORDER BY kind, \"commit\"");
        statement.Bind(1, row);
        while (statement.Step())
        {
            commits.Add(new CommitNumber(statement.GetInt64(0)));
        }
    }

    /// <summary>The commits that insert a row which is not shown.</summary>
    public IReadOnlyList<CommitNumber> InsertsOf(Uid row)
    {
        if (!MayHave(row))
        {
            return [];
        }

        using Statement statement = connection.Prepare("SELECT \"commit\" FROM \"$history\" WHERE row = ?1 AND kind = 0 ORDER BY \"commit\"");
        statement.Bind(1, row);
        List<CommitNumber>? commits = null;
        while (statement.Step())
        {
            (commits ??= []).Add(new CommitNumber(statement.GetInt64(0)));
        }

        return commits ?? (IReadOnlyList<CommitNumber>)[];
    }

    /// <summary>Somebody else wrote into the table: what is remembered of it may be too small.</summary>
    public void Forget() => _greatest = null;

    private bool HasAny(Uid row)
    {
        using Statement statement = connection.Prepare("SELECT 1 FROM \"$history\" WHERE row = ?1 LIMIT 1");
        statement.Bind(1, row);
        return statement.Step();
    }

    private Uid ReadGreatest()
    {
        using Statement statement = connection.Prepare("SELECT row FROM \"$history\" ORDER BY row DESC LIMIT 1");
        return statement.Step() ? statement.GetUid(0) : Uid.Zero;
    }
}
