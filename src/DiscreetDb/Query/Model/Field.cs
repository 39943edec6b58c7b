using System.Collections.Immutable;
using DiscreetDb.Core;

namespace DiscreetDb.Query.Model;

/// <summary>One field of an entity, declared or of the system.</summary>
internal sealed class Field : IEvolving
{
    public required string Name { get; init; }

    /// <summary>Oldest name (<c>@was</c>): what the log carries.</summary>
    public required string LogName { get; init; }

    /// <summary>
    /// Name of the projection column, or for Links of the link table, unquoted. Unique under ASCII case folding. Of a
    /// system field the column its value is read from; empty where there is none.
    /// </summary>
    public required string ColumnName { get; init; }

    public required FieldType Type { get; init; }

    /// <summary>None for a declared field.</summary>
    public SystemField System { get; init; }

    /// <summary>Position in <see cref="Entity.Fields" />, −1 for a system field.</summary>
    public required int Index { get; init; }

    /// <summary>For a scalar: null may be stored. For a relation: a query does not drop rows that lack it.</summary>
    public required bool IsNullable { get; init; }

    /// <summary>Default, already of the field's type; null where there is none.</summary>
    public Value? Default { get; init; }

    public bool IsDeprecated { get; init; }

    public ImmutableArray<string> FormerNames { get; init; } = [];

    /// <summary>Target of a relation, else null.</summary>
    public Entity? Target { get; internal set; }

    public bool IsRelation => Type is FieldType.Reference or FieldType.Links;

    public bool IsSystem => System != SystemField.None;

    /// <summary>An insertion must give it: a scalar neither nullable nor with default.</summary>
    public bool IsRequired => !IsRelation && !IsSystem && !IsNullable && Default is null;

    string IEvolving.CurrentName => Name;

    /// <inheritdoc />
    public override string ToString() => Name;
}
