using System.Collections.Immutable;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>A declared field while its model is being assembled.</summary>
internal sealed class FieldDraft
{
    public required FieldDeclaration Declaration { get; init; }

    /// <summary>Former names, newest first.</summary>
    public required ImmutableArray<string> FormerNames { get; init; }

    public string Name => Declaration.Name.Text;

    /// <summary>The oldest name.</summary>
    public string LogName => FormerNames.IsEmpty ? Name : FormerNames[^1];

    /// <summary>Given by <see cref="PhysicalNames" />.</summary>
    public string ColumnName { get; set; } = string.Empty;
}
