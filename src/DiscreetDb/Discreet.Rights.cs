using DiscreetDb.Mutation;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>
    /// Whether a mutation or deletion of this user would have the right it needs now: what a program asks before it shows a
    /// button. <see cref="DiscreetEvent.RoomModified" /> tells when the answer may have become another.
    /// </summary>
    /// <param name="action">What is to be done.</param>
    /// <param name="entity">Name of the entity: <c>chat.Message</c>. Of <c>sys.Room</c>, updating is changing the definition, which takes an admin.</param>
    /// <param name="room">The room of a row that does not exist yet, or any of this user's own rows there; null: rows without a room.</param>
    /// <param name="row">Id of an existing row to update or delete; its room is known, and who created it.</param>
    /// <param name="cancellationToken">Stops the question before it is asked.</param>
    /// <returns>False also for a row that does not exist and for a room this database does not hold.</returns>
    /// <exception cref="ArgumentException">Both a room and a row are given, or a row is to be inserted.</exception>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.EntityNotFound" />, <see cref="ErrorCode.InvalidId" />, <see cref="ErrorCode.Cancelled" />, <see cref="ErrorCode.Closed" />.
    /// </exception>
    /// <example>
    /// <code>
    /// bool mayWrite = await app.CanAsync(RowAction.Insert, "chat.Message", room: room);
    /// bool mayDelete = await app.CanAsync(RowAction.Delete, "chat.Message", row: message.Id);
    /// </code>
    /// </example>
    public async Task<bool> CanAsync(
        RowAction action, string entity, string? room = null, string? row = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (row is not null && room is not null)
        {
            throw new ArgumentException("A row has its room; give one of the two.", nameof(room));
        }

        if (row is not null && action == RowAction.Insert)
        {
            throw new ArgumentException("A row that exists is not inserted; give the room it is to be in.", nameof(row));
        }

        RightsQuestion question = new(action, entity, ParseId(room), ParseId(row));
        try
        {
            return await _engine.CanAsync(question, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw Cancellation.Error(cancelled);
        }
    }

    /// <summary>Whether a mutation or deletion of this user would have the right it needs now; waits for the answer.</summary>
    /// <inheritdoc cref="CanAsync" />
    public bool Can(RowAction action, string entity, string? room = null, string? row = null) => Blocking.Wait(CanAsync(action, entity, room, row));

    private static Uid? ParseId(string? id)
    {
        if (id is null)
        {
            return null;
        }

        return Uid.TryParse(id, out Uid uid)
            ? uid
            : throw new DiscreetException(ErrorCode.InvalidId, $"`{id}` is not an id: {Uid.TextLength} characters base64url.");
    }
}
