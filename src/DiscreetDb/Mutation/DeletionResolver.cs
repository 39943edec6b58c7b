using System.Collections.Immutable;
using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb.Mutation;

/// <summary>From a deletion document to its plan (dialect §8).</summary>
internal sealed class DeletionResolver
{
    private readonly SourceText _source;
    private readonly VariableTable.Builder _variables;

    private DeletionResolver(SourceText source)
    {
        _source = source;
        _variables = new VariableTable.Builder(source);
    }

    /// <exception cref="DiscreetException">With a location: unknown names, InvalidFieldType, DeleteNotAllowed, ConflictingVariableType.</exception>
    public static DeletionPlan Resolve(DeletionDocument document, WriteTables tables)
    {
        DeletionResolver resolver = new(document.Source);
        ImmutableArray<DeletionNode> roots = [.. document.Roots.Select(root => resolver.Resolve(root, tables.Model))];
        return new DeletionPlan
        {
            Tables = tables,
            Source = document.Source,
            Roots = roots,
            Variables = resolver._variables.Build(),
        };
    }

    private DeletionNode Resolve(DeletionRoot root, DataModel model)
    {
        Entity entity = model.ResolveEntity(root.Entity, _source);
        if (SystemRules.IsRoomDefinition(entity) || SystemRules.IsKept(entity))
        {
            throw _source.Error(ErrorCode.DeleteNotAllowed, root.Entity.Span, $"Rows and links of {entity} cannot be deleted.");
        }

        WriteOperand id = ResolveId(root.Id);
        return new DeletionNode(entity, id, [.. root.Links.Select(links => Resolve(links, entity))], root.Id.Span);
    }

    private LinkRemoval Resolve(LinkDeletion links, Entity entity)
    {
        Field field = entity.ResolveField(links.Field, _source);
        if (field.Type != FieldType.Links)
        {
            string hint = field.Type == FieldType.Reference ? $"clear it with `mutate {{ … {field.Name}: null }}`" : "only links are removed this way";
            throw _source.Error(ErrorCode.InvalidFieldType, links.Field.Span, $"`{field.Name}` is not a multiple relation; {hint}.");
        }

        return new LinkRemoval(field, [.. links.Targets.Select(ResolveId)]);
    }

    private WriteOperand ResolveId(SyntaxValue.Variable variable) => WriteOperand.Variable(_variables.Add(variable, VariableType.RowId));
}
