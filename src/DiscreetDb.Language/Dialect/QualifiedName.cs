namespace DiscreetDb.Language.Dialect;

/// <summary>An entity as written: optional namespace, entity, and the text as typed, which is the default answer key.</summary>
internal sealed record QualifiedName(string? Namespace, string Entity, SourceSpan Span)
{
    /// <summary>The name as the program wrote it, without white space.</summary>
    public string AsTyped => Namespace is null ? Entity : $"{Namespace}.{Entity}";
}
