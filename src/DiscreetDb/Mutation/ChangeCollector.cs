using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Mutation;

/// <summary>
/// First pass over a plan: reads every existing row it names, once, and collects what the document assigns, in the order
/// of the text. Writes nothing.
/// </summary>
internal sealed class ChangeCollector
{
    private readonly MutationPlan _plan;
    private readonly ReadOnlyMemory<Value> _variables;
    private readonly MutationContext _context;
    private readonly Dictionary<(Entity Entity, Uid Id), PendingRow> _byId = [];
    private readonly Uid?[] _defined;
    private readonly PendingRow?[] _byNode;

    /// <param name="plan">What the document says.</param>
    /// <param name="variables">The values it runs with.</param>
    /// <param name="context">What it runs in.</param>
    /// <param name="defined">Ids of the objects that defined rooms, by node; they are done.</param>
    public ChangeCollector(MutationPlan plan, ReadOnlyMemory<Value> variables, MutationContext context, Uid?[] defined)
    {
        _defined = defined;
        _plan = plan;
        _variables = variables;
        _context = context;
        _byNode = new PendingRow[plan.NodeCount];
    }

    /// <summary>Every row in the order in which the text first speaks of it.</summary>
    public List<PendingRow> Rows { get; } = [];

    public void Collect()
    {
        foreach (MutationRootNode root in _plan.Roots)
        {
            if (_defined[root.Object.Index] is null)
            {
                Collect(root.Object, Open(root.Object));
            }
        }
    }

    /// <summary>The id of every object's row, as far as rows are written, by <see cref="MutationNode.Index" />.</summary>
    public Uid[] FinalIds()
    {
        Uid[] ids = new Uid[_byNode.Length];
        for (int i = 0; i < ids.Length; i++)
        {
            ids[i] = _byNode[i]?.FinalId ?? _defined[i] ?? default;
        }

        return ids;
    }

    /// <summary>The existing row of this id, if the document names it.</summary>
    public bool TryFind(Entity entity, Uid id, [NotNullWhen(true)] out PendingRow? row) => _byId.TryGetValue((entity, id), out row);

    // The parser bounds the depth of a text (Limits.NestingDepth), so the recursion is bounded.
    private void Collect(MutationNode node, PendingRow row)
    {
        if (_defined[node.Index] is not null)
        {
            return;
        }

        foreach (MutationStep step in node.Steps)
        {
            Apply(step, row, node);
        }
    }

    private PendingRow Open(MutationNode node)
    {
        PendingRow row = _defined[node.Index] is { } defined ? Find(node, defined)
            : node.Id is { } id ? Find(node, id.Get(_variables.Span).AsUid)
            : Create(node);
        _byNode[node.Index] = row;
        return row;
    }

    // A relation is assigned before what stands in its target's braces is looked at, because it is written before it: the
    // target may be the row itself, and of two assignments the later one stands.
    private void Apply(MutationStep step, PendingRow row, MutationNode node)
    {
        switch (step)
        {
            case MutationStep.SetValue set:
                row.Set(set.Field, set.Value.Get(_variables.Span));
                break;
            case MutationStep.SetReference set:
                PendingRow target = Open(set.Target);
                row.Refer(set.Field, target);
                Collect(set.Target, target);
                break;
            case MutationStep.AddLinks add:
                AddLinks(add, row.LinksOf(add.Field));
                break;
            case MutationStep.Clear { Field.Type: FieldType.Links } clear:
                row.LinksOf(clear.Field).Clear();
                break;
            case MutationStep.Clear clear:
                row.Refer(clear.Field, null);
                break;
            case MutationStep.Move move:
                row.TargetRoom = ReadRoom(move.Room, node);
                break;
            default:
                throw new UnreachableException();
        }
    }

    private void AddLinks(MutationStep.AddLinks add, PendingLinks links)
    {
        foreach (MutationNode node in add.Targets)
        {
            PendingRow target = Open(node);
            links.Add(target);
            Collect(node, target);
        }
    }

    private PendingRow Create(MutationNode node)
    {
        Uid? room = node.Room is { } operand ? ReadRoom(operand, node) : null;
        PendingRow row = PendingRow.New(node.Entity, room, _context.User, node.Span);
        Rows.Add(row);
        return row;
    }

    private PendingRow Find(MutationNode node, Uid id)
    {
        if (_byId.TryGetValue((node.Entity, id), out PendingRow? known))
        {
            return known;
        }

        bool exists = _context.Reader.TryFind(node.Entity, id, out StoredRow stored);
        _context.Condition.Check(id, exists ? stored.Mdate : null);
        if (!exists)
        {
            throw _plan.Source.Error(
                ErrorCode.UnknownRow, node.Span, $"There is no row {id} of {node.Entity}; it never existed here, was deleted, or has another entity.");
        }

        PendingRow row = PendingRow.Existing(node.Entity, id, stored, node.Span);
        _byId.Add((node.Entity, id), row);
        Rows.Add(row);
        return row;
    }

    private Uid? ReadRoom(WriteOperand operand, MutationNode node)
    {
        Value value = operand.Get(_variables.Span);
        if (value.IsNull)
        {
            return null;
        }

        Uid room = value.AsUid;
        if (room.IsZero || !_context.Rights.IsKnown(room))
        {
            throw _plan.Source.Error(
                ErrorCode.UnknownRoom, node.Span, $"The room {room} is not held by this database; name a room it has, or null for a local row.");
        }

        return room;
    }
}
