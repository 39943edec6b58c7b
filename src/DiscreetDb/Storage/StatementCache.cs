using System.Runtime.InteropServices;

namespace DiscreetDb.Storage;

/// <summary>
/// The idle prepared statements of a connection: found by text, evicted oldest first beyond
/// <see cref="Limits.StatementCacheCount" />. Leased ones are not in it.
/// </summary>
internal sealed class StatementCache
{
    private readonly Dictionary<string, Statement?> _bySql = new(Limits.StatementCacheCount, StringComparer.Ordinal);
    private Statement? _newest;
    private Statement? _oldest;

    public int Count { get; private set; }

    public Statement? Take(string sql)
    {
        if (!_bySql.TryGetValue(sql, out Statement? statement) || statement is null)
        {
            return null;
        }

        _bySql[sql] = statement.NextSame;
        Unlink(statement);
        return statement;
    }

    public void Add(Statement statement)
    {
        ref Statement? same = ref CollectionsMarshal.GetValueRefOrAddDefault(_bySql, statement.Sql, out _);
        statement.NextSame = same;
        same = statement;
        statement.Older = _newest;
        if (_newest is not null)
        {
            _newest.Newer = statement;
        }

        _newest = statement;
        _oldest ??= statement;
        Count++;
        if (Count > Limits.StatementCacheCount)
        {
            Evict(_oldest);
        }
    }

    public void Clear()
    {
        while (_oldest is not null)
        {
            Evict(_oldest);
        }
    }

    private void Evict(Statement statement)
    {
        ref Statement? same = ref CollectionsMarshal.GetValueRefOrNullRef(_bySql, statement.Sql);
        if (ReferenceEquals(same, statement))
        {
            same = statement.NextSame;
        }
        else
        {
            Statement before = same!; // idle statements are always in the chain of their text
            while (!ReferenceEquals(before.NextSame, statement))
            {
                before = before.NextSame!;
            }

            before.NextSame = statement.NextSame;
        }

        if (same is null)
        {
            _bySql.Remove(statement.Sql);
        }

        Unlink(statement);
        statement.Release();
    }

    private void Unlink(Statement statement)
    {
        if (statement.Newer is null)
        {
            _newest = statement.Older;
        }
        else
        {
            statement.Newer.Older = statement.Older;
        }

        if (statement.Older is null)
        {
            _oldest = statement.Newer;
        }
        else
        {
            statement.Older.Newer = statement.Newer;
        }

        statement.Newer = statement.Older = statement.NextSame = null;
        Count--;
    }
}
