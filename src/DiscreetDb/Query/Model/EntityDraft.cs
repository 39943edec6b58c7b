using System.Collections.Immutable;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>A declared entity while its model is being assembled: names are checked, types and targets are not.</summary>
internal sealed class EntityDraft
{
    public required EntityDeclaration Declaration { get; init; }

    /// <summary>Lower-cased namespace, or null.</summary>
    public required string? Namespace { get; init; }

    public required string CanonicalName { get; init; }

    /// <summary>Canonical former names, newest first.</summary>
    public required ImmutableArray<string> FormerNames { get; init; }

    /// <summary>The oldest name.</summary>
    public string LogName => FormerNames.IsEmpty ? CanonicalName : FormerNames[^1];

    /// <summary>Given by <see cref="PhysicalNames" />.</summary>
    public string TableName { get; set; } = string.Empty;

    /// <summary>Given by <see cref="FieldNames" />.</summary>
    public ImmutableArray<FieldDraft> Fields { get; set; } = [];
}
