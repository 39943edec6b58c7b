using System.Collections.Immutable;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>The rules of dialect §3.2 and §4 for the names of entities within one text.</summary>
internal sealed class EntityNames(ModelDocument document, bool allowsSystem)
{
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);

    /// <summary>All entities in order of declaration.</summary>
    /// <exception cref="DiscreetException">NamespaceReserved, ReservedWord, DuplicateEntity, InvalidRename.</exception>
    public ImmutableArray<EntityDraft> Check()
    {
        foreach (NamespaceDeclaration declared in document.Namespaces)
        {
            RequireFree(declared.Name);
            foreach (EntityDeclaration entity in declared.Entities)
            {
                RequireName(declared, entity);
            }
        }

        var formerNames = new FormerNames(document.Source, _declared);
        return [.. document.Namespaces.SelectMany(declared => declared.Entities.Select(entity => Draft(declared, entity, formerNames)))];
    }

    private void RequireFree(Name? namespaceName)
    {
        if (!allowsSystem && namespaceName is { } name && EntityName.Fold(name.Text) == EntityName.SystemNamespace)
        {
            throw document.Source.Error(
                ErrorCode.NamespaceReserved, name.Span, $"The namespace `{name.Text}` belongs to the engine; choose another.");
        }
    }

    private void RequireName(NamespaceDeclaration declared, EntityDeclaration entity)
    {
        Name name = entity.Name;
        if (ScalarTypes.Find(name.Text) is { } type)
        {
            throw document.Source.Error(
                ErrorCode.ReservedWord, name.Span, $"`{name.Text}` names the scalar type {type}; choose another name for the entity.");
        }

        string canonicalName = CanonicalName(declared, entity);
        if (!_declared.Add(canonicalName))
        {
            throw document.Source.Error(ErrorCode.DuplicateEntity, name.Span, $"The entity `{canonicalName}` is declared twice.");
        }
    }

    private EntityDraft Draft(NamespaceDeclaration declared, EntityDeclaration entity, FormerNames formerNames) => new()
    {
        Declaration = entity,
        Namespace = EntityName.Fold(declared.Name?.Text),
        CanonicalName = CanonicalName(declared, entity),
        FormerNames = formerNames.Check(entity.Annotations, FormerName),
    };

    private string FormerName(QualifiedName former)
    {
        string? folded = EntityName.Fold(former.Namespace);
        return folded == EntityName.SystemNamespace
            ? throw document.Source.Error(
                ErrorCode.NamespaceReserved, former.Span, $"`{former.AsTyped}` belongs to the engine; no other entity was called so.")
            : EntityName.Join(folded, former.Entity);
    }

    private static string CanonicalName(NamespaceDeclaration declared, EntityDeclaration entity) =>
        EntityName.Join(EntityName.Fold(declared.Name?.Text), entity.Name.Text);
}
