using System.Diagnostics;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Brings the tables in line with a new model, inside the transaction that stores it (dialect §4). What a commit can have no
/// value for is altered in place; an entity that changed otherwise gets new tables, filled from the log.
/// </summary>
internal sealed class ModelMigration(WriteTransaction transaction, CommitLog log)
{
    private readonly ProjectionSchema _schema = new(transaction.Connection);

    /// <summary>Replaces the model; a rollback of the transaction takes everything back.</summary>
    public void Apply(DataModel next, ModelChange change)
    {
        Debug.Assert(next.Version > log.Model.Version, "Versions of a model count up.");
        DataModel stored = log.Model;
        List<Entity> added = [.. change.Added];
        List<EntityChange> inPlace = [];
        foreach (Entity removed in change.Removed)
        {
            Remove(removed);
        }

        foreach (EntityChange altered in change.Altered)
        {
            if (CanAlterInPlace(altered))
            {
                inPlace.Add(altered);
                continue;
            }

            Remove(altered.Stored);
            added.Add(altered.Next);
        }

        log.Tables.SetModel(transaction, next);
        inPlace.ForEach(Alter);
        Add(added);
        log.Tables.Documents.Configure(transaction, next);
        if (!ShownNames(stored).SetEquals(ShownNames(next)))
        {
            log.Definitions.Rename(transaction);
        }

        MetaTable.Set(transaction.Connection, MetaTable.ModelText, next.Text);
        MetaTable.Set(transaction.Connection, MetaTable.ModelVersion, next.Version);
    }

    // A right names an entity as the log does and is shown under its name of today.
    private static HashSet<(string Log, string Shown)> ShownNames(DataModel model) =>
        [.. model.Entities.Where(entity => entity.LogName != entity.CanonicalName).Select(entity => (entity.LogName, entity.CanonicalName))];

    // Its rows wait in the history like those of an entity the model never knew.
    private void Remove(Entity entity)
    {
        log.Rebuild.HideAll(transaction, entity);
        _schema.Drop(entity);
    }

    private void Add(List<Entity> entities)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        foreach (Entity entity in entities)
        {
            _schema.Create(entity);
            if (log.Store.Fields.Find(entity.LogName, string.Empty) is not null)
            {
                known.Add(entity.LogName);
            }
        }

        if (known.Count > 0)
        {
            log.Rebuild.ShowHidden(transaction, known);
        }
    }

    private bool CanAlterInPlace(EntityChange change)
    {
        return change.RemovedFields.IsEmpty
            && change.AddedFields.All(field => IsUnknown(change.Next, field))
            && change.AlteredFields.All(KeepsValues);
    }

    private void Alter(EntityChange change)
    {
        foreach (var index in change.RemovedIndexes)
        {
            _schema.DropIndex(change.Stored, index);
        }

        foreach (Field field in change.AddedFields)
        {
            if (field.Type == FieldType.Links)
            {
                _schema.CreateLinks(field);
            }
            else
            {
                _schema.AddColumn(change.Next, field);
            }
        }

        foreach (var index in change.AddedIndexes)
        {
            _schema.CreateIndex(change.Next, index);
        }
    }

    private bool IsUnknown(Entity entity, Field field) => log.Store.Fields.Find(entity.LogName, field.LogName) is null;

    // What a row must have decides whether it is shown, and whether a null from the log fits.
    private static bool KeepsValues(FieldChange change) =>
        !change.IsWidened && !change.IsDefaultChanged && (change.Next.IsRelation || change.Stored.IsRequired == change.Next.IsRequired);
}
