using DiscreetDb.Language;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Model;

namespace DiscreetDb.Mutation;

/// <summary>What may be written to the entities of <c>sys</c> (dialect §3.6, §7.8), as far as the text alone decides it.</summary>
internal sealed class SystemRules(SourceText source)
{
    /// <summary>The place of the first object that defines a room, if there is one.</summary>
    public SourceSpan? RoomDefinition { get; private set; }

    /// <summary>Whether the entity is a room definition or a part of one.</summary>
    public static bool IsRoomDefinition(Entity entity) =>
        entity.IsSystem && entity.Name is "Room" or "Authorisation" or "UserAuth" or "EntityRight";

    /// <summary>Whether rows of the entity come and go with the engine's own doing only.</summary>
    public static bool IsKept(Entity entity) => entity.IsSystem && entity.Name is "Peer" or "Rejection";

    /// <summary>Checks one object: its entity, the entity it is nested in, and the fields it assigns.</summary>
    /// <exception cref="DiscreetException">
    /// InvalidAuthorisationMutation, ForbiddenRoomId, UpdateNotAllowed, CannotRemove, FieldNotWritable, AuthorisationRejected.
    /// </exception>
    public void Check(Entity entity, Entity? parent, SyntaxValue.Object syntax, Field[] fields, SourceSpan span)
    {
        if (!entity.IsSystem)
        {
            return;
        }

        int room = Array.FindIndex(fields, field => field.System == SystemField.RoomId);
        if (room >= 0)
        {
            throw source.Error(
                ErrorCode.ForbiddenRoomId, syntax.Assignments[room].Field.Span, $"Rows of {entity} have their fixed place; leave `room_id` out.");
        }

        bool isReference = fields is [{ System: SystemField.Id }];
        if (IsRoomDefinition(entity))
        {
            CheckDefinition(entity, parent, syntax, fields, isReference, span);
        }
        else if (!isReference)
        {
            CheckKept(entity, syntax, fields, span);
        }
    }

    private void CheckDefinition(Entity entity, Entity? parent, SyntaxValue.Object syntax, Field[] fields, bool isReference, SourceSpan span)
    {
        bool isInside = parent is not null && IsRoomDefinition(parent);
        if (!isInside && isReference && parent is not null)
        {
            return;
        }

        if (!isInside && entity.Name != "Room")
        {
            throw source.Error(
                ErrorCode.InvalidAuthorisationMutation, span, $"{entity} is part of a room definition; write it inside `sys.Room {{ … }}`.");
        }

        RoomDefinition ??= span;
        for (int i = 0; i < fields.Length; i++)
        {
            CheckDefinitionField(entity, fields[i], syntax.Assignments[i]);
        }
    }

    private void CheckDefinitionField(Entity entity, Field field, Assignment assignment)
    {
        if (field.System == SystemField.Id && entity.Name is "UserAuth" or "EntityRight")
        {
            throw source.Error(
                ErrorCode.UpdateNotAllowed, assignment.Field.Span, $"Entries of {entity} are never changed; append a newer one without `id`.");
        }

        if (field.System == SystemField.Binary)
        {
            throw source.Error(ErrorCode.FieldNotWritable, assignment.Field.Span, $"Rows of {entity} have no `_binary`.");
        }

        if (field.IsRelation && assignment.Value is SyntaxValue.Null)
        {
            throw source.Error(
                ErrorCode.CannotRemove, assignment.Value.Span, $"Entries of `{field.Name}` cannot be removed; append one that disables a user or lowers a right.");
        }
    }

    private void CheckKept(Entity entity, SyntaxValue.Object syntax, Field[] fields, SourceSpan span)
    {
        if (entity.Name == "Rejection" || !Array.Exists(fields, field => field.System == SystemField.Id))
        {
            string allowed = entity.Name == "Rejection" ? "can only be read" : "are made by the engine; give an `id` to change one";
            throw source.Error(ErrorCode.AuthorisationRejected, span, $"Rows of {entity} {allowed}.");
        }

        int key = Array.FindIndex(fields, field => field.Name == "pub_key");
        if (key >= 0)
        {
            throw source.Error(
                ErrorCode.FieldNotWritable, syntax.Assignments[key].Field.Span, "`pub_key` is who the peer is and cannot be assigned.");
        }
    }
}
