using System.Collections.Immutable;

namespace DiscreetDb.Query.Model;

/// <summary>A data model that was accepted: the application's entities and those of <c>sys</c>, resolved, immutable.</summary>
internal sealed class DataModel
{
    /// <summary>Counts up with every accepted update of this database; part of every plan's key.</summary>
    public required long Version { get; init; }

    /// <summary>The text it was read from.</summary>
    public required string Text { get; init; }

    /// <summary>All entities, <c>sys</c> first, then in order of declaration.</summary>
    public required ImmutableArray<Entity> Entities { get; init; }

    /// <summary>Finds an entity; the namespace in any case, null for the default namespace.</summary>
    public Entity? Find(string? namespaceName, string entityName) => throw new NotSupportedException();

    /// <summary>Finds an entity by its canonical name.</summary>
    public Entity? FindCanonical(string canonicalName) => throw new NotSupportedException();

    /// <summary>Finds an entity by the name the log uses: the oldest it had.</summary>
    public Entity? FindByLogName(string logName) => throw new NotSupportedException();
}

/// <summary>What a field holds.</summary>
internal enum FieldType
{
    Integer,
    Float,
    Boolean,
    String,
    Base64,
    Json,

    /// <summary>A link to at most one row.</summary>
    Reference,

    /// <summary>Links to any number of rows, a set.</summary>
    Links,
}

/// <summary>The system fields of every entity (dialect §3.5), and None for a declared field.</summary>
internal enum SystemField
{
    None,
    Id,
    RoomId,
    Cdate,
    Mdate,
    VerifyingKey,
    Signature,
    EntityName,
    JsonText,
    Binary,
    SysPeer,
    SysRoom,
}

/// <summary>One entity of an accepted model.</summary>
internal sealed class Entity
{
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
    public bool IsSystem => Namespace == "sys";

    public required bool HasFullText { get; init; }

    public required bool IsDeprecated { get; init; }

    /// <summary>All older canonical names, newest first.</summary>
    public required ImmutableArray<string> FormerNames { get; init; }

    /// <summary>Declared fields in order of declaration.</summary>
    public ImmutableArray<Field> Fields { get; internal set; } = [];

    /// <summary>Each index as its fields, in order of declaration.</summary>
    public ImmutableArray<ImmutableArray<Field>> Indexes { get; internal set; } = [];

    /// <summary>Finds a declared field by its name, or a system field by its name.</summary>
    public Field? FindField(string name) => throw new NotSupportedException();

    /// <summary>Finds a declared field by the name the log uses.</summary>
    public Field? FindByLogName(string logName) => throw new NotSupportedException();

    /// <inheritdoc />
    public override string ToString() => CanonicalName;
}

/// <summary>One field of an entity, declared or of the system.</summary>
internal sealed class Field
{
    public required string Name { get; init; }

    /// <summary>Oldest name (<c>@was</c>): what the log carries.</summary>
    public required string LogName { get; init; }

    /// <summary>Name of the projection column, or for Links of the link table, unquoted. Unique under ASCII case folding.</summary>
    public required string ColumnName { get; init; }

    public required FieldType Type { get; init; }

    /// <summary>None for a declared field.</summary>
    public SystemField System { get; init; }

    /// <summary>Position in <see cref="Entity.Fields" />, −1 for a system field.</summary>
    public required int Index { get; init; }

    /// <summary>For a scalar: null may be stored. For a relation: a query does not drop rows that lack it.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>Default, already of the field's type; null where there is none.</summary>
    public Core.Value? Default { get; init; }

    public bool IsDeprecated { get; init; }

    public ImmutableArray<string> FormerNames { get; init; } = [];

    /// <summary>Target of a relation, else null.</summary>
    public Entity? Target { get; internal set; }

    public bool IsRelation => Type is FieldType.Reference or FieldType.Links;

    public bool IsSystem => System != SystemField.None;

    /// <summary>An insertion must give it: a scalar neither nullable nor with default.</summary>
    public bool IsRequired => !IsRelation && !IsSystem && !IsNullable && Default is null;

    /// <inheritdoc />
    public override string ToString() => Name;
}
