using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>The numbers of the full text.</summary>
internal sealed class FullTextDocuments(FullText fullText) : IDocuments
{
    public long Next(WriteTransaction transaction, Entity entity) => fullText.NextDoc(transaction, entity.TableName);

    public void Changed(WriteTransaction transaction, Entity entity, long doc)
    {
        if (entity.HasFullText)
        {
            fullText.Changed(transaction, entity.TableName, doc);
        }
    }
}
