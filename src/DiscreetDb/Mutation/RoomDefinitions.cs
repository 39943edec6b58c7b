using DiscreetDb.Core;

namespace DiscreetDb.Mutation;

/// <summary>
/// Runs what a document says about rooms, before its rows are looked at: rows of the same document may rest on the new
/// rights (dialect §7.8). Each <c>sys.Room</c> object becomes rights commits of its room.
/// </summary>
internal sealed class RoomDefinitions
{
    private readonly MutationPlan _plan;
    private readonly ReadOnlyMemory<Value> _variables;
    private readonly MutationContext _context;
    private readonly Uid?[] _ids;

    private RoomDefinitions(MutationPlan plan, ReadOnlyMemory<Value> variables, MutationContext context)
    {
        _plan = plan;
        _variables = variables;
        _context = context;
        _ids = new Uid?[plan.NodeCount];
    }

    /// <summary>Writes the definitions; answers the ids of their objects by <see cref="MutationNode.Index" />, null for every other object.</summary>
    /// <exception cref="DiscreetException">UnknownRoom, NotBelongsTo, AuthorisationRejected, RowChanged, and what is wrong with keys and names.</exception>
    public static Uid?[] Write(MutationPlan plan, ReadOnlyMemory<Value> variables, MutationContext context)
    {
        RoomDefinitions definitions = new(plan, variables, context);
        if (plan.RoomDefinition is not null)
        {
            foreach (MutationRootNode root in plan.Roots)
            {
                definitions.Visit(root.Object, isRoot: true);
            }
        }

        return definitions._ids;
    }

    // The parser bounds the depth of a text (Limits.NestingDepth), so the recursion is bounded.
    private void Visit(MutationNode node, bool isRoot)
    {
        if (SystemRules.IsRoomDefinition(node.Entity))
        {
            // Elsewhere an id alone refers to a row like any other.
            if (isRoot || node.IsNew || !node.Steps.IsEmpty)
            {
                Define(node);
            }

            return;
        }

        foreach (MutationNode target in node.Steps.SelectMany(TargetsOf))
        {
            Visit(target, isRoot: false);
        }
    }

    private void Define(MutationNode node)
    {
        RoomDraft draft = node.Id is { } operand ? Open(node, operand.Get(_variables.Span).AsUid) : RoomDraft.Found(_plan.Source, _variables, _context);
        draft.Add(node);
        draft.Write(_ids);
    }

    private RoomDraft Open(MutationNode node, Uid room)
    {
        bool exists = _context.Reader.TryFind(node.Entity, room, out StoredRow stored);
        _context.Condition.Check(room, exists ? stored.Mdate : null);
        if (exists && _context.Rights.Find(room) is { } rights)
        {
            return RoomDraft.Open(room, rights, _plan.Source, _variables, _context);
        }

        throw _context.Rights.IsKnown(room) && !room.IsZero
            ? _plan.Source.Error(ErrorCode.AuthorisationRejected, node.Span, $"The room {room} is yours alone and has no definition to change.")
            : _plan.Source.Error(ErrorCode.UnknownRoom, node.Span, $"The room {room} is not held by this database; leave `id` out to create one.");
    }

    private static IEnumerable<MutationNode> TargetsOf(MutationStep step) => step switch
    {
        MutationStep.SetReference set => [set.Target],
        MutationStep.AddLinks add => add.Targets,
        _ => [],
    };
}
