using DiscreetDb.Core;

namespace DiscreetDb.Mutation;

/// <summary>
/// Runs a plan inside the writer's transaction: current rows read, rights decided, operations given to the commit batch.
/// Throwing, it leaves what it wrote to the savepoint of the document, which takes all of it back.
/// </summary>
internal static class MutationExecutor
{
    /// <summary>Answers the id of every object's row after the document, by <see cref="MutationNode.Index" />.</summary>
    /// <exception cref="DiscreetException">UnknownRow, UnknownRoom, AuthorisationRejected, RowTooLarge, RowChanged.</exception>
    public static Uid[] Execute(MutationPlan plan, ReadOnlyMemory<Value> variables, MutationContext context)
    {
        Uid?[] defined = RoomDefinitions.Write(plan, variables, context);
        ChangeCollector changes = new(plan, variables, context, defined);
        changes.Collect();
        context.Condition.CheckOthers(context.Reader);
        new ChangeWriter(changes.Rows, context).Write();
        new RowMove(changes, plan.Tables, context).Finish();
        return changes.FinalIds();
    }
}
