using DiscreetDb.Core;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Plans.Grouping;
using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans;

/// <summary>
/// One run of a plan in one snapshot. The answer is written straight from the columns; what a row needs of others is read
/// and written at its place. A row that turns out not to be wanted is taken back.
/// </summary>
internal readonly struct PlanExecutor
{
    private readonly RunBinder _binder;
    private readonly LeasedStatements _statements;
    private readonly AnswerBuffer _output;
    private readonly CancellationToken _cancellationToken;

    private PlanExecutor(RunBinder binder, LeasedStatements statements, AnswerBuffer output, CancellationToken cancellationToken)
    {
        _binder = binder;
        _statements = statements;
        _output = output;
        _cancellationToken = cancellationToken;
    }

    /// <param name="plan">The plan for the shape of the values.</param>
    /// <param name="connection">A connection inside a transaction.</param>
    /// <param name="variables">The values by slot.</param>
    /// <param name="output">Takes the answer.</param>
    /// <param name="cancellationToken">Looked at before every row; inside a statement the connection looks at it.</param>
    /// <exception cref="DiscreetException">AnswerTooLarge, or what reading can throw.</exception>
    public static void Run(Plan plan, Connection connection, Value[] variables, AnswerBuffer output, CancellationToken cancellationToken)
    {
        RunBinder binder = new(variables);
        using LeasedStatements statements = new(connection, binder, plan.NodeCount);
        PlanExecutor executor = new(binder, statements, output, cancellationToken);
        foreach (PlanRoot root in plan.Roots)
        {
            output.Write(root.Prefix);
            executor.WriteNode(root.Node, null);
            statements.Dispose();
        }

        output.Write("\n}"u8);
    }

    /// <summary>Writes the rows a node yields for a parent's row; returns whether there are any.</summary>
    private bool WriteNode(PlanNode node, Statement? parent)
    {
        Statement statement = _statements[node];
        if (parent is not null && !TryBindParent(statement, node, parent))
        {
            _output.Write(node.IsList ? "[]"u8 : "null"u8);
            return false;
        }

        bool isAny = node.Grouping is { } grouping
            ? GroupWriter.Write(grouping, statement, _output, _cancellationToken)
            : node.IsList ? WriteList(node, statement) : WriteOne(node, statement);
        statement.Reset();
        return isAny;
    }

    private bool WriteList(PlanNode node, Statement statement)
    {
        _output.Write((byte)'[');
        bool isAny = WriteRows(node, statement);
        _output.Write((byte)']');
        return isAny;
    }

    private bool WriteRows(PlanNode node, Statement statement)
    {
        long skip = _binder.GetCount(node.Skip);
        long first = _binder.GetCount(node.First);
        long count = 0;
        while (statement.Step())
        {
            int mark = _output.Size;
            if (count > 0)
            {
                _output.Write((byte)',');
            }

            bool isWanted = WriteRow(node, statement);
            if (!isWanted || skip > 0)
            {
                skip -= isWanted ? 1 : 0;
                _output.Truncate(mark);
            }
            else if (++count == first)
            {
                break;
            }
        }

        return count > 0;
    }

    private bool WriteOne(PlanNode node, Statement statement)
    {
        int mark = _output.Size;
        while (statement.Step())
        {
            if (WriteRow(node, statement))
            {
                return true;
            }

            _output.Truncate(mark);
        }

        _output.Write("null"u8);
        return false;
    }

    /// <summary>Writes one object; false if what is nested in it says that it is not wanted.</summary>
    private bool WriteRow(PlanNode node, Statement row)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        foreach (PlanField field in node.Fields.AsSpan())
        {
            _output.Write(field.Prefix);
            if (field.Child is null)
            {
                field.Renderer!.Write(row, _output); // a field has a child or a renderer
            }
            else if (!IsWanted(field.Child.Presence, WriteNode(field.Child, row)))
            {
                return false;
            }
        }

        _output.Write((byte)'}');
        return true;
    }

    private static bool IsWanted(Presence presence, bool isAny) =>
        (presence & (isAny ? Presence.Absent : Presence.Required)) == 0;

    /// <summary>Binds what leads from the parent's row here; false if it leads nowhere.</summary>
    private static bool TryBindParent(Statement statement, PlanNode node, Statement parent)
    {
        foreach (ParameterBinding binding in node.ParentBindings.AsSpan())
        {
            if (!TryBindColumn(statement, binding.Parameter, parent, binding.Index) && node.NeedsParentValue)
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryBindColumn(Statement statement, int parameter, Statement parent, int column)
    {
        switch (parent.GetType(column))
        {
            case SqliteType.Blob:
                statement.BindBlob(parameter, parent.GetBlob(column));
                return true;
            case SqliteType.Integer:
                statement.Bind(parameter, parent.GetInt64(column));
                return true;
            default:
                statement.BindNull(parameter);
                return false;
        }
    }
}
