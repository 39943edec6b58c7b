using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>A device of the user as its row in the private room says: <c>sys.Device</c>, whose insert the device signed itself.</summary>
internal sealed record OwnDevice(Uid Device, Uid Row, string Name, string Status)
{
    public const string Disabled = "disabled";

    public bool IsRevoked => Status == Disabled;
}

/// <summary>
/// The user's devices, and the revocation of one in every room (log.md §4.5): at once in the rooms the user is in, in one
/// entered later before the first data commit there.
/// </summary>
internal sealed class OwnDevices(CommitLog log, Uid privateRoom)
{
    private IReadOnlyList<OwnDevice>? _revoked;

    private EntityTable Table => log.Tables.Tables.Of(log.Model.FindCanonical("sys.Device")!); // every model has it

    /// <summary>Whether the device of this database was revoked: it may sign nothing any more.</summary>
    public bool IsRevoked => Revoked.Any(device => device.Device == log.Author.Certificate.Device);

    /// <summary>Those that are revoked; read once and then kept.</summary>
    private IReadOnlyList<OwnDevice> Revoked => _revoked ??= [.. All().Where(device => device.IsRevoked)];

    /// <summary>Every device that introduced itself, oldest first.</summary>
    public IReadOnlyList<OwnDevice> All()
    {
        using Statement statement = log.Store.Connection.Prepare(
            $"SELECT id, {Column("name")}, {Column("status")}, \"$insert\" FROM {Table.Name} WHERE room_id = ?1 ORDER BY cdate, id");
        statement.Bind(1, privateRoom);
        List<OwnDevice> devices = [];
        while (statement.Step())
        {
            DeviceLog of = log.Store.Logs.Get(new CommitNumber(statement.GetInt64(3)).Log);
            if (!devices.Exists(known => known.Device == of.Device))
            {
                devices.Add(new OwnDevice(of.Device, statement.GetUid(0), TextOf(statement, 1), TextOf(statement, 2)));
            }
        }

        return devices;
    }

    /// <summary>Rows of devices changed: who is revoked is read again.</summary>
    public void Forget(WriteTransaction? transaction = null)
    {
        _revoked = null;
        transaction?.OnRollback(() => _revoked = null);
    }

    public void Rename(CommitBatch batch, OwnDevice device, string name) => Set(batch, device, "name", name);

    /// <summary>Revokes a device in every shared room the user is in, and says so to the user's other devices.</summary>
    public void Revoke(CommitBatch batch, OwnDevice device)
    {
        foreach (Uid room in SharedRooms())
        {
            Revoke(batch, room, [device]);
        }

        if (!device.IsRevoked)
        {
            Set(batch, device, "status", OwnDevice.Disabled);
        }
    }

    /// <summary>Before a data commit: revokes in its room whoever is revoked and is not yet there.</summary>
    public void RevokeIn(CommitBatch batch, Uid room)
    {
        if (Revoked.Count > 0)
        {
            Revoke(batch, room, Revoked);
        }
    }

    private void Revoke(CommitBatch batch, Uid room, IReadOnlyList<OwnDevice> devices)
    {
        if (log.Rights.Find(room) is not { } rights || !rights.Current.Can(log.Author.User, RightsAction.Read, string.Empty, log.Author.User))
        {
            return;
        }

        RightsDraft draft = new();
        foreach (OwnDevice device in devices)
        {
            // One that counts is enough; this device cannot end itself by a commit that would not count afterwards.
            if (!rights.Graph.Ledger.Revocations.Exists(entry => entry.Value.End.Device == device.Device))
            {
                draft.Add(new RightsOperation.RevokeDevice(EndOf(room, device.Device)));
            }
        }

        if (draft.Operations.Count > 0)
        {
            batch.Define(room, draft);
        }
    }

    private LogPosition EndOf(Uid room, Uid device)
    {
        LogHead? head = log.Store.Logs.Find(room, device, CommitKind.Data) is { } known ? log.Store.Logs.HeadOf(known) : null;
        return head is null ? new LogPosition(device, 0, Hash256.Zero) : new LogPosition(device, head.Sequence, head.Id);
    }

    private HashSet<Uid> SharedRooms() => [.. log.Store.Logs.All().Where(of => of.Kind == CommitKind.Rights).Select(of => of.Room)];

    private void Set(CommitBatch batch, OwnDevice device, string field, string value) => batch.Update(
        Table.Entity, privateRoom, device.Row, [new FieldAssignment(Table.Entity.FindField(field)!, Value.Text(value))]); // every model has it

    private string Column(string field) => Sql.Quote(Table.Entity.FindField(field)!.ColumnName); // every model has it

    private static string TextOf(Statement statement, int column) => Encoding.UTF8.GetString(statement.GetText(column));
}
