using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Numbers the rows of this device and follows what their text becomes (<see cref="FullText" />).</summary>
internal interface IDocuments
{
    /// <summary>Sets which entities are searched, at opening and after their tables changed.</summary>
    void Configure(WriteTransaction transaction, DataModel model);

    /// <summary>The number of a row that begins to be shown; greater than every number before.</summary>
    long Next(WriteTransaction transaction, Entity entity);

    /// <summary>The text of a shown row changed, or the row is not shown any more.</summary>
    void Changed(WriteTransaction transaction, Entity entity, long doc);

    /// <summary>Every row of the entity goes; <see cref="Configure" /> follows before anything is searched.</summary>
    void Restart(WriteTransaction transaction, Entity entity);
}
