using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Writes the link table of one multiple relation: the links that are present, each with the commit that made it.</summary>
internal sealed class LinkTable
{
    private readonly string _find;
    private readonly string _put;
    private readonly string _remove;
    private readonly string _removeFrom;
    private readonly string _removeTo;

    public LinkTable(Entity source, Field field)
    {
        Source = source;
        Field = field;
        Name = Sql.Quote(field.ColumnName);
        _find = $"SELECT \"$commit\" FROM {Name} WHERE src = ?1 AND dest = ?2";
        _put = $"INSERT INTO {Name} (src, dest, \"$commit\") VALUES (?1, ?2, ?3) ON CONFLICT (src, dest) DO UPDATE SET \"$commit\" = ?3";
        _remove = $"DELETE FROM {Name} WHERE src = ?1 AND dest = ?2";
        _removeFrom = $"DELETE FROM {Name} WHERE src = ?1";
        _removeTo = $"DELETE FROM {Name} WHERE dest = ?1 RETURNING src, \"$commit\"";
    }

    public Entity Source { get; }

    public Field Field { get; }

    /// <summary>Quoted.</summary>
    public string Name { get; }

    public CommitNumber? Find(Connection connection, Uid source, Uid target)
    {
        using Statement statement = connection.Prepare(_find);
        statement.Bind(1, source);
        statement.Bind(2, target);
        return statement.Step() ? new CommitNumber(statement.GetInt64(0)) : null;
    }

    public void Put(Connection connection, Uid source, Uid target, CommitNumber commit)
    {
        using Statement statement = connection.Prepare(_put);
        statement.Bind(1, source);
        statement.Bind(2, target);
        statement.Bind(3, commit.Value);
        statement.Run();
    }

    public void Remove(Connection connection, Uid source, Uid target)
    {
        using Statement statement = connection.Prepare(_remove);
        statement.Bind(1, source);
        statement.Bind(2, target);
        statement.Run();
    }

    public void RemoveFrom(Connection connection, Uid source)
    {
        using Statement statement = connection.Prepare(_removeFrom);
        statement.Bind(1, source);
        statement.Run();
    }

    /// <summary>Removes every link to a row; answers where they came from and which commits made them.</summary>
    public IReadOnlyList<(Uid Source, CommitNumber Commit)> RemoveTo(Connection connection, Uid target)
    {
        using Statement statement = connection.Prepare(_removeTo);
        statement.Bind(1, target);
        List<(Uid, CommitNumber)>? removed = null;
        while (statement.Step())
        {
            (removed ??= []).Add((statement.GetUid(0), new CommitNumber(statement.GetInt64(1))));
        }

        return removed ?? (IReadOnlyList<(Uid, CommitNumber)>)[];
    }
}
