namespace DiscreetDb.Differential.Models;

/// <summary>One entity of a generated model.</summary>
internal sealed record EntitySpec(string Key, string Namespace, string Name, IReadOnlyList<FieldSpec> Fields)
{
    public bool HasFullText { get; init; } = true;

    /// <summary>Each index as names of fields.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Indexes { get; init; } = [];

    /// <summary>Fields of earlier models; the log keeps their values.</summary>
    public IReadOnlyList<FieldSpec> Removed { get; init; } = [];

    /// <summary>What <c>_entity</c> shows.</summary>
    public string CanonicalName => Namespace.Length == 0 ? Name : $"{Namespace.ToLowerInvariant()}.{Name}";

    /// <summary>The name as a text may spell it.</summary>
    public string QualifiedName => Namespace.Length == 0 ? Name : $"{Namespace}.{Name}";

    public IEnumerable<FieldSpec> Scalars => Fields.Where(f => f.IsScalar);

    public IEnumerable<FieldSpec> Relations => Fields.Where(f => f.IsRelation);

    public FieldSpec? Find(string name) => Fields.FirstOrDefault(f => f.Name == name) ?? SystemFields.Find(name);
}
