using System.Collections.Immutable;
using System.Diagnostics;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>Declared fields to fields: types, defaults, targets.</summary>
internal sealed class FieldBuilder(DataModel model, SourceText source)
{
    /// <summary>The fields of an entity in order of declaration.</summary>
    /// <exception cref="DiscreetException">EntityNotFound, InvalidDefault.</exception>
    public ImmutableArray<Field> Build(EntityDraft draft)
    {
        var fields = ImmutableArray.CreateBuilder<Field>(draft.Fields.Length);
        foreach (FieldDraft field in draft.Fields)
        {
            fields.Add(Build(draft, field, fields.Count));
        }

        return fields.MoveToImmutable();
    }

    private Field Build(EntityDraft entity, FieldDraft draft, int index)
    {
        TypeSyntax type = draft.Declaration.Type;
        return new Field
        {
            Name = draft.Name,
            LogName = draft.LogName,
            ColumnName = draft.ColumnName,
            Type = TypeOf(type),
            Index = index,
            IsNullable = type.IsNullable,
            Default = type is TypeSyntax.Scalar { Default: { } literal } scalar
                ? new DefaultReader(source, $"{entity.CanonicalName}.{draft.Name}").Read(scalar.Type, literal)
                : null,
            IsDeprecated = draft.Declaration.Annotations.IsDeprecated,
            FormerNames = draft.FormerNames,
            Target = TargetOf(entity, draft),
        };
    }

    private static FieldType TypeOf(TypeSyntax type) => type switch
    {
        TypeSyntax.Reference => FieldType.Reference,
        TypeSyntax.Links => FieldType.Links,
        TypeSyntax.Scalar { Type: ScalarType.Integer } => FieldType.Integer,
        TypeSyntax.Scalar { Type: ScalarType.Float } => FieldType.Float,
        TypeSyntax.Scalar { Type: ScalarType.Boolean } => FieldType.Boolean,
        TypeSyntax.Scalar { Type: ScalarType.String } => FieldType.String,
        TypeSyntax.Scalar { Type: ScalarType.Base64 } => FieldType.Base64,
        TypeSyntax.Scalar { Type: ScalarType.Json } => FieldType.Json,
        _ => throw new UnreachableException(),
    };

    private Entity? TargetOf(EntityDraft entity, FieldDraft draft)
    {
        QualifiedName? name = draft.Declaration.Type switch
        {
            TypeSyntax.Reference reference => reference.Target,
            TypeSyntax.Links links => links.Target,
            _ => null,
        };
        return name is null
            ? null
            : model.Find(name.Namespace, name.Entity) ?? throw UnknownTarget(entity, draft, name);
    }

    private DiscreetException UnknownTarget(EntityDraft entity, FieldDraft draft, QualifiedName name)
    {
        // A target is written with its namespace also inside that namespace; leaving it out is the likeliest mistake.
        string suggestion = name.Namespace is null && model.Find(entity.Namespace, name.Entity) is { } neighbour
            ? $"; did you mean `{neighbour}`"
            : NearName.Suggest(name.AsTyped, model.Entities.Select(candidate => candidate.CanonicalName));
        return source.Error(
            ErrorCode.EntityNotFound,
            name.Span,
            $"`{entity.CanonicalName}.{draft.Name}` refers to `{name.AsTyped}`, which the model does not declare{suggestion}.");
    }
}
