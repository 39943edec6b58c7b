using System.Collections.Frozen;
using System.Collections.Immutable;

namespace DiscreetDb.Query.Model;

/// <summary>One entity of an accepted model.</summary>
internal sealed class Entity : IEvolving
{
    private FrozenDictionary<string, Field> _byName = FrozenDictionary<string, Field>.Empty;
    private FrozenDictionary<string, Field> _byLogName = FrozenDictionary<string, Field>.Empty;

    /// <summary>Position in <see cref="DataModel.Entities" />.</summary>
    public required int Index { get; init; }

    /// <summary>Lower-cased namespace, or null.</summary>
    public required string? Namespace { get; init; }

    /// <summary>Name as declared.</summary>
    public required string Name { get; init; }

    /// <summary><c>harbour.Boat</c>; in the default namespace just the name. What rights, events, errors and <c>_entity</c> carry.</summary>
    public required string CanonicalName { get; init; }

    /// <summary>Oldest canonical name (<c>@was</c>): what the log carries.</summary>
    public required string LogName { get; init; }

    /// <summary>Name of the projection table, unquoted: the log name, made unique under ASCII case folding by the suffix <c>$2</c>.</summary>
    public required string TableName { get; init; }

    /// <summary>Whether the entity belongs to <c>sys</c>.</summary>
    public bool IsSystem => Namespace == EntityName.SystemNamespace;

    public required bool HasFullText { get; init; }

    public required bool IsDeprecated { get; init; }

    /// <summary>All older canonical names, newest first.</summary>
    public required ImmutableArray<string> FormerNames { get; init; }

    /// <summary>Declared fields in order of declaration.</summary>
    public ImmutableArray<Field> Fields
    {
        get;
        internal set
        {
            field = value;
            _byName = value.ToFrozenDictionary(item => item.Name, StringComparer.Ordinal);
            _byLogName = value.All(item => item.Name == item.LogName)
                ? _byName
                : value.ToFrozenDictionary(item => item.LogName, StringComparer.Ordinal);
        }
    } = [];

    /// <summary>Each index as its fields, in order of declaration.</summary>
    public ImmutableArray<ImmutableArray<Field>> Indexes { get; internal set; } = [];

    string IEvolving.CurrentName => CanonicalName;

    /// <summary>Finds a declared field by its name, or a system field by its name.</summary>
    public Field? FindField(string name) => _byName.GetValueOrDefault(name) ?? SystemFields.Find(name);

    /// <summary>Finds a declared field by the name the log uses.</summary>
    public Field? FindByLogName(string logName) => _byLogName.GetValueOrDefault(logName);

    /// <inheritdoc />
    public override string ToString() => CanonicalName;
}
