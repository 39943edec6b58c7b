using System.Collections.Immutable;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>Declared indexes to lists of fields, dialect §3.4.</summary>
internal sealed class IndexBuilder(Entity entity, SourceText source)
{
    /// <summary>The indexes in order of declaration.</summary>
    /// <exception cref="DiscreetException">FieldNotFound, InvalidIndex, DuplicateIndex.</exception>
    public ImmutableArray<ImmutableArray<Field>> Build(ImmutableArray<IndexDeclaration> declarations)
    {
        if (declarations.IsEmpty)
        {
            return [];
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        var indexes = ImmutableArray.CreateBuilder<ImmutableArray<Field>>(declarations.Length);
        foreach (IndexDeclaration declaration in declarations)
        {
            ImmutableArray<Field> fields = Resolve(declaration);
            string list = string.Join(", ", fields.Select(field => field.Name));
            if (!seen.Add(list))
            {
                throw source.Error(ErrorCode.DuplicateIndex, declaration.Span, $"`{entity}` has `index({list})` twice.");
            }

            indexes.Add(fields);
        }

        return indexes.MoveToImmutable();
    }

    private ImmutableArray<Field> Resolve(IndexDeclaration declaration)
    {
        var seen = new HashSet<Field>();
        var fields = ImmutableArray.CreateBuilder<Field>(declaration.Fields.Length);
        foreach (Name name in declaration.Fields)
        {
            Field field = entity.ResolveField(name, source);
            if (field.IsRelation || field.Type == FieldType.Json)
            {
                throw Invalid(name, field.IsRelation ? "is a relation" : "is a Json field");
            }

            if (!seen.Add(field))
            {
                throw Invalid(name, "stands twice");
            }

            fields.Add(field);
        }

        return fields.MoveToImmutable();
    }

    private DiscreetException Invalid(Name name, string reason) => source.Error(
        ErrorCode.InvalidIndex,
        name.Span,
        $"An index of `{entity}` names `{name.Text}`, which {reason}; it takes different scalar fields other than Json.");
}
