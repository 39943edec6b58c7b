using DiscreetDb.Differential.Models;

namespace DiscreetDb.Differential.Mutations;

/// <summary>A generated <c>mutate</c> text.</summary>
internal sealed record MutationDocument(IReadOnlyList<MutationRoot> Roots);

/// <summary>One root; the alias may be missing.</summary>
internal sealed record MutationRoot(string? Alias, MutationObject Object)
{
    public string Key => Alias ?? Object.Entity.QualifiedName;
}

/// <summary>One object of a mutation: an insertion without id, otherwise an update or a reference.</summary>
internal sealed record MutationObject(EntitySpec Entity, byte[]? Id, RoomChoice Room, IReadOnlyList<MutationAssignment> Assignments);

/// <summary>What an object says about its room.</summary>
internal enum RoomChoice
{
    Unsaid,
    Private,
    None,
}

/// <summary><c>field: value</c>.</summary>
internal sealed record MutationAssignment(FieldSpec Field, MutationValue Value);

/// <summary>The right side of an assignment. The hierarchy is closed.</summary>
internal abstract record MutationValue
{
    /// <summary>A literal, or a variable when <paramref name="AsVariable" /> says so.</summary>
    internal sealed record Scalar(object? Value, bool AsVariable) : MutationValue;

    /// <summary>One object on a single relation, one or more on a multiple one.</summary>
    internal sealed record Objects(IReadOnlyList<MutationObject> Items) : MutationValue;

    /// <summary><c>null</c> on a relation.</summary>
    internal sealed record NoLinks : MutationValue;
}
