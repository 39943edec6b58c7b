using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>The numbers of the full text.</summary>
internal sealed class FullTextDocuments(FullText fullText) : IDocuments
{
    public void Configure(WriteTransaction transaction, DataModel model) =>
        fullText.Configure(transaction, SearchableTables.Of(model));

    public long Next(WriteTransaction transaction, Entity entity) => fullText.NextDoc(transaction, entity.TableName);

    public void Changed(WriteTransaction transaction, Entity entity, long doc)
    {
        if (entity.HasFullText)
        {
            fullText.Changed(transaction, entity.TableName, doc);
        }
    }

    public void Restart(WriteTransaction transaction, Entity entity)
    {
        if (entity.HasFullText)
        {
            FullTextTable.Drop(transaction.Connection, entity.TableName);
        }
    }
}
