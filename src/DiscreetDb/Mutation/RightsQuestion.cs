using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;

namespace DiscreetDb.Mutation;

/// <summary>
/// Whether the user may do something: the same answer the write path would come to, by the same evaluator, without writing.
/// </summary>
internal sealed record RightsQuestion(RowAction Action, string EntityName, Uid? Room, Uid? Row)
{
    /// <exception cref="DiscreetException">EntityNotFound.</exception>
    public bool Answer(WriteTables tables, VerifyingKey user, RowReader reader, IRights rights)
    {
        Entity entity = Find(tables.Model);
        if (SystemRules.IsRoomDefinition(entity))
        {
            return AnswerDefinition(entity, tables, user, reader, rights);
        }

        if (Row is { } row)
        {
            return reader.TryFind(entity, row, out StoredRow stored) && !IsKept(entity) && May(rights, user, entity, stored.Room, stored.Creator);
        }

        bool isPlaced = Room is null || (!entity.IsSystem && rights.IsKnown(Room.Value) && !Room.Value.IsZero);
        return isPlaced && !(SystemRules.IsKept(entity) && Action == RowAction.Insert) && !IsKept(entity) && May(rights, user, entity, Room, user);
    }

    private bool May(IRights rights, VerifyingKey user, Entity entity, Uid? room, VerifyingKey creator) =>
        room is not { } id || rights.Can(id, user, RightsActionOf(Action), entity.LogName, creator);

    // What the engine keeps is not deleted, and what it reports not changed.
    private bool IsKept(Entity entity) =>
        SystemRules.IsKept(entity) && (Action == RowAction.Delete || entity.Name == "Rejection");

    // Anybody founds rooms. A room is changed by its admins, an authorisation's users also by its user admins; entries never.
    private bool AnswerDefinition(Entity entity, WriteTables tables, VerifyingKey user, RowReader reader, IRights rights)
    {
        if (entity.Name == "Room")
        {
            return Action == RowAction.Insert
                || (Action == RowAction.Update && (Row ?? Room) is { } room && rights.Find(room) is { } definition && definition.Graph.Current.IsAdmin(user));
        }

        return entity.Name == "Authorisation" && Action == RowAction.Update && Row is { } authorisation
            && FindRoomOf(entity, authorisation, tables, reader) is { } of && rights.Find(of) is { } around
            && (around.Graph.Current.IsAdmin(user) || around.Graph.Current.IsUserAdmin(authorisation, user));
    }

    private static Uid? FindRoomOf(Entity entity, Uid authorisation, WriteTables tables, RowReader reader)
    {
        foreach (IncomingRelation relation in tables.IncomingOf(entity))
        {
            if (SystemRules.IsRoomDefinition(relation.Source) && reader.Sources(relation, authorisation) is [var room, ..])
            {
                return room.Id;
            }
        }

        return null;
    }

    private Entity Find(DataModel model)
    {
        int dot = EntityName.IndexOf('.', StringComparison.Ordinal);
        return (dot < 0 ? model.Find(null, EntityName) : model.Find(EntityName[..dot], EntityName[(dot + 1)..]))
            ?? throw new DiscreetException(ErrorCode.EntityNotFound, $"The model has no entity `{EntityName}`.");
    }

    private static RightsAction RightsActionOf(RowAction action) => action switch
    {
        RowAction.Insert => RightsAction.Insert,
        RowAction.Update => RightsAction.Update,
        _ => RightsAction.Delete,
    };
}
