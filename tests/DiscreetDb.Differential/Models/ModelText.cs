using System.Text;

namespace DiscreetDb.Differential.Models;

/// <summary>A model as text (dialect §3.1).</summary>
internal static class ModelText
{
    public static string Print(ModelSpec model)
    {
        var text = new StringBuilder();
        foreach (EntitySpec entity in model.Entities)
        {
            // Every entity in a namespace block of its own: a namespace may be written several times.
            text.Append(entity.Namespace).Append(" { ").Append(Print(entity, model)).Append(" }\n");
        }

        return text.ToString();
    }

    private static string Print(EntitySpec entity, ModelSpec model)
    {
        IEnumerable<string> fields = entity.Fields.Select(f => Print(f, model));
        IEnumerable<string> indexes = entity.Indexes.Select(i => $"index({string.Join(", ", i)})");
        string options = entity.HasFullText ? "" : "(no_full_text_index)";
        return $"{entity.Name}{options} {{ {string.Join(", ", fields.Concat(indexes))} }}";
    }

    private static string Print(FieldSpec field, ModelSpec model)
    {
        string was = string.Concat(field.Was.Select(w => $"@was({w}) "));
        string type = field.Kind switch
        {
            FieldKind.Single => model.Get(field.Target!).QualifiedName,
            FieldKind.Many => $"[{model.Get(field.Target!).QualifiedName}]",
            _ => field.Kind.ToString(),
        };
        string nullable = field.Nullable ? " nullable" : "";
        string @default = field.Default is null ? "" : $" default {Scalars.Literal(field.Default)}";
        string deprecated = field.IsDeprecated ? "@deprecated " : "";
        return $"{deprecated}{was}{field.Name}: {type}{nullable}{@default}";
    }
}
