namespace DiscreetDb.Query.Model;

/// <summary>Canonical entity names: the namespace in lower case, a dot, the entity as declared.</summary>
internal static class EntityName
{
    /// <summary>The namespace of the engine.</summary>
    public const string SystemNamespace = "sys";

    /// <summary>The canonical form of a namespace; null for the default namespace.</summary>
    public static string? Fold(string? namespaceName) => namespaceName?.ToLowerInvariant();

    /// <summary>The canonical name of an entity in a namespace that is folded already.</summary>
    public static string Join(string? foldedNamespace, string name) =>
        foldedNamespace is null ? name : $"{foldedNamespace}.{name}";
}
