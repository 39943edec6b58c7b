using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Rows whose deletion is in force (<c>$tombstone</c>), each with its entity and since when its values wait to be erased.</summary>
internal sealed class TombstoneTable(Connection connection)
{
    public bool Contains(Uid row)
    {
        using Statement statement = connection.Prepare("SELECT 1 FROM \"$tombstone\" WHERE row = ?1");
        statement.Bind(1, row);
        return statement.Step();
    }

    /// <summary>Whether this row of this entity is deleted; the entity by its number in <c>$field</c>.</summary>
    public bool Contains(Uid row, int entity)
    {
        using Statement statement = connection.Prepare("SELECT 1 FROM \"$tombstone\" WHERE row = ?1 AND entity = ?2");
        statement.Bind(1, row);
        statement.Bind(2, entity);
        return statement.Step();
    }

    public void Add(Uid row, int entity, long sinceMs)
    {
        using Statement statement = connection.Prepare("INSERT OR IGNORE INTO \"$tombstone\" (row, entity, since) VALUES (?1, ?2, ?3)");
        statement.Bind(1, row);
        statement.Bind(2, entity);
        statement.Bind(3, sinceMs);
        statement.Run();
    }

    public bool Remove(Uid row)
    {
        using Statement statement = connection.Prepare("DELETE FROM \"$tombstone\" WHERE row = ?1");
        statement.Bind(1, row);
        statement.Run();
        return connection.Changes > 0;
    }

    /// <summary>Up to <paramref name="maxCount" /> rows deleted at or before a date whose values are still there.</summary>
    public IReadOnlyList<Uid> Expired(long untilMs, int maxCount)
    {
        using Statement statement = connection.Prepare(
            "SELECT row FROM \"$tombstone\" WHERE since IS NOT NULL AND since <= ?1 ORDER BY since LIMIT ?2");
        statement.Bind(1, untilMs);
        statement.Bind(2, maxCount);
        List<Uid> rows = [];
        while (statement.Step())
        {
            rows.Add(statement.GetUid(0));
        }

        return rows;
    }

    /// <summary>Notes that the values of a deleted row were erased.</summary>
    public void SetErased(Uid row)
    {
        using Statement statement = connection.Prepare("UPDATE \"$tombstone\" SET since = NULL WHERE row = ?1");
        statement.Bind(1, row);
        statement.Run();
    }

    /// <summary>Every row with its date, null where the values were erased: what a rebuild must not forget.</summary>
    public IReadOnlyList<(Uid Row, long? SinceMs)> Dates()
    {
        using Statement statement = connection.Prepare("SELECT row, since FROM \"$tombstone\"");
        List<(Uid, long?)> dates = [];
        while (statement.Step())
        {
            dates.Add((statement.GetUid(0), statement.IsNull(1) ? null : statement.GetInt64(1)));
        }

        return dates;
    }

    public void SetDate(Uid row, long? sinceMs)
    {
        using Statement statement = connection.Prepare("UPDATE \"$tombstone\" SET since = ?2 WHERE row = ?1");
        statement.Bind(1, row);
        if (sinceMs is { } since)
        {
            statement.Bind(2, since);
        }
        else
        {
            statement.BindNull(2);
        }

        statement.Run();
    }
}
