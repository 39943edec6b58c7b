using System.Collections.Immutable;

namespace DiscreetDb.Query.Model;

/// <summary>
/// What the tables of one model need to become those of its successor. Removals come first: an item that gets another
/// table or column, because a case-insensitive namesake came or went, is removed under its old name and added under its
/// new one, so that projecting it anew is all there is to do.
/// </summary>
internal sealed record ModelChange(
    ImmutableArray<Entity> Removed, ImmutableArray<Entity> Added, ImmutableArray<EntityChange> Altered)
{
    /// <summary>Whether the tables are right as they are and nothing has another name.</summary>
    public bool IsEmpty => Removed.IsEmpty && Added.IsEmpty && Altered.IsEmpty;

    /// <summary>Compares an accepted model with its predecessor; without one, every entity is added, those of <c>sys</c> too.</summary>
    public static ModelChange Between(DataModel? stored, DataModel next)
    {
        if (stored is null)
        {
            return new ModelChange([], next.Entities, []);
        }

        var entities = new Succession<Entity>(stored.ApplicationEntities, next.ApplicationEntities);
        var removed = entities.Removed.ToImmutableArray().ToBuilder();
        var added = ImmutableArray.CreateBuilder<Entity>();
        var altered = ImmutableArray.CreateBuilder<EntityChange>();
        foreach (Entity entity in entities.Next)
        {
            Entity? predecessor = entities.PredecessorOf(entity);
            if (predecessor?.TableName == entity.TableName)
            {
                var change = EntityChange.Between(predecessor, entity);
                if (!change.IsEmpty)
                {
                    altered.Add(change);
                }

                continue;
            }

            if (predecessor is not null)
            {
                removed.Add(predecessor);
            }

            added.Add(entity);
        }

        return new ModelChange(removed.DrainToImmutable(), added.DrainToImmutable(), altered.DrainToImmutable());
    }
}
