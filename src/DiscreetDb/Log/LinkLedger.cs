using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// The winning operations on links that are not present (<c>$link</c>): removed, or cut off because their target was
/// deleted. An older operation that arrives later loses against them, and a deletion that is undone brings the cut ones back.
/// </summary>
internal sealed class LinkLedger(Connection connection)
{
    public CommitNumber? Find(Uid source, int field, Uid target)
    {
        using Statement statement = connection.Prepare("SELECT \"commit\" FROM \"$link\" WHERE src = ?1 AND field = ?2 AND dest = ?3");
        Bind(statement, source, field, target);
        return statement.Step() ? new CommitNumber(statement.GetInt64(0)) : null;
    }

    public void Put(Uid source, int field, Uid target, CommitNumber commit, bool isCut)
    {
        using Statement statement = connection.Prepare(
            "REPLACE INTO \"$link\" (src, field, dest, \"commit\", cut) VALUES (?1, ?2, ?3, ?4, ?5)");
        Bind(statement, source, field, target);
        statement.Bind(4, commit.Value);
        statement.Bind(5, isCut ? 1 : 0);
        statement.Run();
    }

    public void Remove(Uid source, int field, Uid target)
    {
        using Statement statement = connection.Prepare("DELETE FROM \"$link\" WHERE src = ?1 AND field = ?2 AND dest = ?3");
        Bind(statement, source, field, target);
        statement.Run();
    }

    public void RemoveFrom(Uid source)
    {
        using Statement statement = connection.Prepare("DELETE FROM \"$link\" WHERE src = ?1");
        statement.Bind(1, source);
        statement.Run();
    }

    public void RemoveField(int field)
    {
        using Statement statement = connection.Prepare("DELETE FROM \"$link\" WHERE field = ?1");
        statement.Bind(1, field);
        statement.Run();
    }

    /// <summary>Takes out the links that were cut off when this row was deleted.</summary>
    public IReadOnlyList<(Uid Source, int Field, CommitNumber Commit)> TakeCut(Uid target)
    {
        using Statement statement = connection.Prepare("DELETE FROM \"$link\" WHERE dest = ?1 AND cut = 1 RETURNING src, field, \"commit\"");
        statement.Bind(1, target);
        List<(Uid, int, CommitNumber)> cut = [];
        while (statement.Step())
        {
            cut.Add((statement.GetUid(0), (int)statement.GetInt64(1), new CommitNumber(statement.GetInt64(2))));
        }

        return cut;
    }

    private static void Bind(Statement statement, Uid source, int field, Uid target)
    {
        statement.Bind(1, source);
        statement.Bind(2, field);
        statement.Bind(3, target);
    }
}
