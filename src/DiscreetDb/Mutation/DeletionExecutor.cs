using DiscreetDb.Core;
using DiscreetDb.Rooms;

namespace DiscreetDb.Mutation;

/// <summary>
/// Runs a deletion inside the writer's transaction, in the order of the text (dialect §8). What does not exist is passed
/// over silently; one refusal takes the whole document back with its savepoint.
/// </summary>
internal static class DeletionExecutor
{
    /// <exception cref="DiscreetException">AuthorisationRejected, RowChanged.</exception>
    public static void Execute(DeletionPlan plan, ReadOnlyMemory<Value> variables, MutationContext context)
    {
        foreach (DeletionNode node in plan.Roots)
        {
            Delete(node, variables.Span, context);
        }
    }

    private static void Delete(DeletionNode node, ReadOnlySpan<Value> variables, MutationContext context)
    {
        Uid id = node.Id.Get(variables).AsUid;
        if (!context.Reader.TryFind(node.Entity, id, out StoredRow row))
        {
            return;
        }

        if (node.Links.IsEmpty)
        {
            context.Demand(RightsAction.Delete, node.Entity, row.Room, row.Creator, node.Span);
            context.Batch.Delete(node.Entity, row.Room, id);
            return;
        }

        foreach (LinkRemoval links in node.Links)
        {
            foreach (WriteOperand target in links.Targets)
            {
                RemoveLink(node, id, row, links, target.Get(variables).AsUid, context);
            }
        }
    }

    // A link that is not there needs no right, because nothing changes. Of one named twice only the first is there.
    private static void RemoveLink(DeletionNode node, Uid id, StoredRow row, LinkRemoval links, Uid target, MutationContext context)
    {
        if (context.Reader.HasLink(node.Entity, id, links.Field, target))
        {
            context.Demand(RightsAction.Update, node.Entity, row.Room, row.Creator, node.Span);
            context.Batch.Unlink(node.Entity, row.Room, id, links.Field, target);
        }
    }
}
