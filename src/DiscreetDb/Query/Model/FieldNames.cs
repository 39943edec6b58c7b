using System.Collections.Immutable;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>The rules of dialect §3.2 and §4 for the names of the fields of one entity.</summary>
internal sealed class FieldNames(EntityDraft entity, SourceText source)
{
    private readonly HashSet<string> _declared = new(StringComparer.Ordinal);

    /// <summary>All fields in order of declaration.</summary>
    /// <exception cref="DiscreetException">ReservedWord, SystemFieldConflict, InvalidName, DuplicateField, InvalidRename.</exception>
    public ImmutableArray<FieldDraft> Check()
    {
        foreach (FieldDeclaration field in entity.Declaration.Fields)
        {
            RequireName(field.Name);
        }

        var formerNames = new FormerNames(source, _declared);
        return [.. entity.Declaration.Fields.Select(field => new FieldDraft
        {
            Declaration = field,
            FormerNames = formerNames.Check(field.Annotations, FormerName),
        })];
    }

    private void RequireName(Name name)
    {
        if (ScalarTypes.Find(name.Text) is { } type)
        {
            throw Refused(ErrorCode.ReservedWord, name, $"names the scalar type {type}; choose another");
        }

        if (SystemFields.Find(name.Text) is not null)
        {
            throw Refused(ErrorCode.SystemFieldConflict, name, "is a field every entity has already; choose another name");
        }

        if (name.Text.StartsWith('_'))
        {
            throw Refused(ErrorCode.InvalidName, name, "begins with an underscore, which is kept for system fields");
        }

        if (!_declared.Add(name.Text))
        {
            throw Refused(ErrorCode.DuplicateField, name, "is declared twice");
        }
    }

    private DiscreetException Refused(ErrorCode code, Name name, string reason) =>
        source.Error(code, name.Span, $"The field `{entity.CanonicalName}.{name.Text}` {reason}.");

    private string FormerName(QualifiedName former) => former.Namespace is null && SystemFields.Find(former.Entity) is null
        ? former.Entity
        : throw source.Error(
            ErrorCode.InvalidRename, former.Span, $"`@was({former.AsTyped})` of a field takes the former name of a declared field.");
}
