using System.Collections.Immutable;
using System.Text;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Plans.Grouping;
using DiscreetDb.Query.Plans.Rendering;
using DiscreetDb.Query.Plans.Sql;

namespace DiscreetDb.Query.Plans;

/// <summary>A rewritten query and one shape of its null variables to a plan.</summary>
internal sealed class PlanBuilder
{
    private const int NodeSizeBytes = 256;
    private const int FieldSizeBytes = 96;

    private readonly Func<Operand, bool> _isNull;
    private int _nodeCount;
    private int _sizeBytes;
    private bool _hasSearch;

    private PlanBuilder(Func<Operand, bool> isNull)
    {
        _isNull = isNull;
    }

    /// <param name="operation">The query, rewritten.</param>
    /// <param name="isNull">Whether a variable that may be null is null.</param>
    public static Plan Build(QueryOperation operation, Func<Operand, bool> isNull)
    {
        PlanBuilder builder = new(isNull);
        ImmutableArray<PlanRoot> roots = [.. operation.Roots.Select(builder.BuildRoot)];
        return new Plan
        {
            Roots = roots,
            NodeCount = builder._nodeCount,
            Dependencies = Dependencies.Of(operation),
            HasSearch = builder._hasSearch,
            SizeBytes = builder._sizeBytes,
        };
    }

    private PlanRoot BuildRoot(Root root, int index)
    {
        byte[] key = RendererFactory.Quote(root.ResponseKey);
        byte[] prefix = [.. index == 0 ? "{\n"u8 : ",\n"u8, .. key, (byte)':'];
        return new PlanRoot(prefix, BuildNode(root.Read, null));
    }

    private PlanNode BuildNode(EntityRead read, StatementBuilder? parent)
    {
        int index = _nodeCount++;
        _hasSearch |= read.Search is not null;
        StatementBuilder statement = new(read, parent, _isNull);
        GroupingPlan? grouping = GroupingFactory.TryCreate(read, statement, PrefixOf);
        ImmutableArray<PlanField> fields = grouping is null
            ? [.. read.Shape.Fields.Select((field, position) => BuildField(field, position, read, statement))]
            : [];
        string sql = statement.Build(isGrouped: grouping is null);
        ImmutableArray<ParameterBinding> bindings = statement.Parameters.Bindings;
        _sizeBytes += NodeSizeBytes + (read.Shape.Fields.Length * FieldSizeBytes) + (sql.Length * sizeof(char));
        bool isCountedHere = read.Page.Counter == PageCounter.Writer;
        return new PlanNode
        {
            Index = index,
            Sql = sql,
            RunBindings = [.. bindings.Where(binding => binding.Kind != BindingKind.ParentColumn)],
            ParentBindings = [.. bindings.Where(binding => binding.Kind == BindingKind.ParentColumn)],
            Fields = fields,
            Grouping = grouping,
            IsList = read.Shape is Shape.List or Shape.Groups { IsList: true },
            NeedsParentValue = read.Shape is not Shape.Groups,
            Presence = read.Presence,
            First = isCountedHere ? read.Page.First : null,
            Skip = isCountedHere ? read.Page.Skip : null,
        };
    }

    private static byte[] PrefixOf(SelectedField field, int position) =>
        Encoding.UTF8.GetBytes($"{(position == 0 ? '{' : ',')}\"{field.ResponseKey}\":");

    private PlanField BuildField(SelectedField field, int position, EntityRead read, StatementBuilder statement)
    {
        byte[] prefix = PrefixOf(field, position);
        return field is SelectedField.Nested nested
            ? new PlanField(prefix, BuildNode(nested.Read, statement))
            : new PlanField(prefix, RendererFactory.Create(((SelectedField.Scalar)field).Expr, read, statement));
    }
}
