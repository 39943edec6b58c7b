using System.Collections.Immutable;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Model;

/// <summary>What stands before a declaration: <c>@deprecated</c>, and each <c>@was(old)</c>, newest first.</summary>
internal sealed record Annotations(bool IsDeprecated, ImmutableArray<QualifiedName> FormerNames)
{
    /// <summary>No annotation.</summary>
    public static Annotations None { get; } = new(false, []);
}
