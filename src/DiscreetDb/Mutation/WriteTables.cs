using System.Collections.Immutable;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Mutation;

/// <summary>A relation that can point at an entity: where it starts, and how its sources are found.</summary>
internal sealed record IncomingRelation(Entity Source, Field Field, string SelectSources);

/// <summary>What mutations know about the tables of one model version. Built once per version, read from any thread.</summary>
internal sealed class WriteTables
{
    private readonly ImmutableArray<EntityStatements> _statements;
    private readonly ImmutableArray<ImmutableArray<IncomingRelation>> _incoming;

    public WriteTables(DataModel model)
    {
        Model = model;
        _statements = [.. model.Entities.Select(entity => new EntityStatements(entity))];
        _incoming = FindIncoming(model);
    }

    public DataModel Model { get; }

    public ImmutableArray<EntityStatements> All => _statements;

    public EntityStatements Of(Entity entity) => _statements[entity.Index];

    /// <summary>Every relation whose target is the entity.</summary>
    public ImmutableArray<IncomingRelation> IncomingOf(Entity entity) => _incoming[entity.Index];

    private static ImmutableArray<ImmutableArray<IncomingRelation>> FindIncoming(DataModel model)
    {
        List<IncomingRelation>[] incoming = new List<IncomingRelation>[model.Entities.Length];
        foreach (Entity source in model.Entities)
        {
            foreach (Field field in source.Fields)
            {
                if (field.Target is { } target)
                {
                    (incoming[target.Index] ??= []).Add(
                        new IncomingRelation(source, field, EntityStatements.SelectSources(source, field)));
                }
            }
        }

        return [.. incoming.Select(relations => relations is null ? [] : relations.ToImmutableArray())];
    }
}
