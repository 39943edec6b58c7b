using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Query.Model;

/// <summary>From a name in a text to what it designates in a model; an unknown one is an error that suggests a near one.</summary>
internal static class NameResolution
{
    /// <exception cref="DiscreetException">NamespaceNotFound, EntityNotFound.</exception>
    public static Entity ResolveEntity(this DataModel model, QualifiedName name, SourceText source)
    {
        if (model.Find(name.Namespace, name.Entity) is { } entity)
        {
            return entity;
        }

        IEnumerable<Entity> siblings = model.Entities.Where(
            other => string.Equals(other.Namespace, name.Namespace, StringComparison.OrdinalIgnoreCase));
        if (name.Namespace is not null && !siblings.Any())
        {
            IEnumerable<string> namespaces = model.Entities.Select(other => other.Namespace).OfType<string>();
            throw source.Error(
                ErrorCode.NamespaceNotFound, name.Span, $"The model has no namespace `{name.Namespace}`{NearName.Suggest(name.Namespace, namespaces)}.");
        }

        string place = name.Namespace is null ? "The default namespace" : $"The namespace `{name.Namespace}`";
        throw source.Error(
            ErrorCode.EntityNotFound, name.Span, $"{place} has no entity `{name.Entity}`{NearName.Suggest(name.Entity, siblings.Select(other => other.Name))}.");
    }

    /// <summary>A declared field or a system field.</summary>
    /// <exception cref="DiscreetException">FieldNotFound.</exception>
    public static Field ResolveField(this Entity entity, Name name, SourceText source) =>
        entity.FindField(name.Text) ?? throw source.Error(
            ErrorCode.FieldNotFound,
            name.Span,
            $"{entity} has no field `{name.Text}`{NearName.Suggest(name.Text, entity.Fields.Select(field => field.Name))}.");
}
