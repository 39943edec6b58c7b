using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DiscreetDb.Query.Model;

/// <summary>A data model that was accepted: the application's entities and those of <c>sys</c>, resolved, immutable.</summary>
internal sealed class DataModel
{
    private static readonly FrozenDictionary<string, Entity> NoEntities = FrozenDictionary<string, Entity>.Empty;

    private FrozenDictionary<string, FrozenDictionary<string, Entity>> _namespaces =
        FrozenDictionary<string, FrozenDictionary<string, Entity>>.Empty;

    private FrozenDictionary<string, Entity> _byCanonicalName = NoEntities;
    private FrozenDictionary<string, Entity> _byLogName = NoEntities;

    /// <summary>Counts up with every accepted update of this database; part of every plan's key.</summary>
    public required long Version { get; init; }

    /// <summary>The text it was read from.</summary>
    public required string Text { get; init; }

    /// <summary>All entities, <c>sys</c> first, then in order of declaration.</summary>
    public required ImmutableArray<Entity> Entities
    {
        get;
        init
        {
            field = value;
            _namespaces = value
                .GroupBy(entity => entity.Namespace ?? string.Empty)
                .ToFrozenDictionary(
                    group => group.Key,
                    group => group.ToFrozenDictionary(entity => entity.Name, StringComparer.Ordinal),
                    StringComparer.Ordinal);
            _byCanonicalName = value.ToFrozenDictionary(entity => entity.CanonicalName, StringComparer.Ordinal);
            _byLogName = value.ToFrozenDictionary(entity => entity.LogName, StringComparer.Ordinal);
        }
    }

    /// <summary>The entities the text declares, without <c>sys</c>.</summary>
    public IEnumerable<Entity> ApplicationEntities => Entities.Where(entity => !entity.IsSystem);

    /// <summary>Whether the model has this namespace, in any case; null for the default namespace.</summary>
    public bool HasNamespace(string? namespaceName) => _namespaces.ContainsKey(KeyOf(namespaceName));

    /// <summary>Finds an entity; the namespace in any case, null for the default namespace.</summary>
    public Entity? Find(string? namespaceName, string entityName) =>
        _namespaces.GetValueOrDefault(KeyOf(namespaceName), NoEntities).GetValueOrDefault(entityName);

    /// <summary>Finds an entity by its canonical name.</summary>
    public Entity? FindCanonical(string canonicalName) => _byCanonicalName.GetValueOrDefault(canonicalName);

    /// <summary>Finds an entity by the name the log uses: the oldest it had.</summary>
    public Entity? FindByLogName(string logName) => _byLogName.GetValueOrDefault(logName);

    private static string KeyOf(string? namespaceName) => EntityName.Fold(namespaceName) ?? string.Empty;
}
