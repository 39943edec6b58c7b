using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Numbers rows without a full text: each table counts up from its greatest number.</summary>
internal sealed class NumberedRows : IDocuments
{
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);

    public void Configure(WriteTransaction transaction, DataModel model)
    {
    }

    public long Next(WriteTransaction transaction, Entity entity)
    {
        if (!_last.TryGetValue(entity.TableName, out long last))
        {
            last = transaction.Connection.ReadInt64($"SELECT max(\"$doc\") FROM {Sql.Quote(entity.TableName)}") ?? 0;
        }

        return _last[entity.TableName] = last + 1;
    }

    public void Changed(WriteTransaction transaction, Entity entity, long doc)
    {
    }

    public void Restart(WriteTransaction transaction, Entity entity)
    {
    }
}
