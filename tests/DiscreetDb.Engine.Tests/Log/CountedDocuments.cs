using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Log;

/// <summary>Documents by counting; remembers which changed.</summary>
internal sealed class CountedDocuments : IDocuments
{
    private long _last;

    public HashSet<long> ChangedDocs { get; } = [];

    public void Configure(WriteTransaction transaction, DataModel model)
    {
    }

    public void Restart(WriteTransaction transaction, Entity entity)
    {
    }

    public long Next(WriteTransaction transaction, Entity entity) => ++_last;

    public void Changed(WriteTransaction transaction, Entity entity, long doc) => ChangedDocs.Add(doc);
}
