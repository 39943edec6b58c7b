using DiscreetDb.Language.Model;

namespace DiscreetDb.Language.Tests;

/// <summary>Writes a model's syntax tree as one line of canonical text, fields before indexes.</summary>
internal static class ModelPrinter
{
    public static string Print(ModelDocument document) => string.Join(' ', document.Namespaces.Select(Print));

    private static string Print(NamespaceDeclaration declared)
    {
        string name = declared.Name is { } given ? given.Text + " " : "";
        return $"{name}{{ {string.Concat(declared.Entities.Select(entity => Print(entity) + " "))}}}";
    }

    private static string Print(EntityDeclaration entity)
    {
        string options = entity.HasFullText ? "" : "(no_full_text_index)";
        IEnumerable<string> indexes = entity.Indexes.Select(index => $"index({string.Join(", ", index.Fields.Select(name => name.Text))})");
        IEnumerable<string> entries = entity.Fields.Select(Print).Concat(indexes);
        return $"{Print(entity.Annotations)}{entity.Name.Text}{options} {{ {string.Join(", ", entries)} }}";
    }

    private static string Print(FieldDeclaration field) => $"{Print(field.Annotations)}{field.Name.Text}: {Print(field.Type)}";

    private static string Print(Annotations annotations) =>
        (annotations.IsDeprecated ? "@deprecated " : "") + string.Concat(annotations.FormerNames.Select(name => $"@was({name.AsTyped}) "));

    private static string Print(TypeSyntax type)
    {
        string text = type switch
        {
            TypeSyntax.Scalar { Default: { } value } scalar => $"{scalar.Type} default {DialectPrinter.Print(value)}",
            TypeSyntax.Scalar scalar => scalar.Type.ToString(),
            TypeSyntax.Reference reference => reference.Target.AsTyped,
            TypeSyntax.Links links => $"[{links.Target.AsTyped}]",
            _ => throw new InvalidOperationException(type.GetType().Name),
        };
        return type.IsNullable ? text + " nullable" : text;
    }
}
