namespace DiscreetDb.Differential.Models;

/// <summary>One field of a generated model. The key stays when the field is renamed; stored rows are kept by it.</summary>
internal sealed record FieldSpec(string Key, string Name, FieldKind Kind)
{
    public bool Nullable { get; init; }

    /// <summary>Null where there is none.</summary>
    public object? Default { get; init; }

    /// <summary>Key of the target of a relation.</summary>
    public string? Target { get; init; }

    /// <summary>Older names, newest first.</summary>
    public IReadOnlyList<string> Was { get; init; } = [];

    /// <summary>The next model may leave it out.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>A field of the engine (dialect §3.5).</summary>
    public bool IsSystem { get; init; }

    public bool IsRelation => Kind is FieldKind.Single or FieldKind.Many;

    public bool IsScalar => !IsRelation;

    /// <summary>An insertion has to give it.</summary>
    public bool IsRequired => IsScalar && !Nullable && Default is null;
}
