using DiscreetDb.Language;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;

namespace DiscreetDb.Mutation;

/// <summary>What a mutation or deletion works with while it runs inside the writer's transaction.</summary>
internal sealed record MutationContext(
    SourceText Source, VerifyingKey User, RowReader Reader, CommitBatch Batch, IRights Rights, WriteCondition Condition)
{
    /// <summary>The model the document was resolved by.</summary>
    public DataModel Model => Batch.Model;

    /// <summary>Whether the user may do this; local rows need no right (dialect §7.7).</summary>
    public bool May(RightsAction action, Entity entity, Uid? room, VerifyingKey creator) =>
        room is not { } id || Rights.Can(id, User, action, entity.LogName, creator);

    /// <exception cref="DiscreetException">AuthorisationRejected, at the place where the text speaks of the row.</exception>
    public void Demand(RightsAction action, Entity entity, Uid? room, VerifyingKey creator, SourceSpan span)
    {
        if (May(action, entity, room, creator))
        {
            return;
        }

        string right = action == RightsAction.Insert || creator == User ? "mutate_self" : "mutate_all";
        string verb = action switch
        {
            RightsAction.Insert => "Inserting",
            RightsAction.Update => "Changing",
            _ => "Deleting",
        };
        throw Source.Error(
            ErrorCode.AuthorisationRejected, span, $"{verb} this row of {entity} in the room {room} needs the right `{right}`, which you do not have there.");
    }
}
