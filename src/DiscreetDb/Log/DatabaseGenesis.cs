using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// The first transaction of a database: its tables, its device, and the two rows that say who it is, the user's
/// <c>sys.Peer</c> in the profile room and <c>sys.Device</c> in the private room, as ordinary signed commits.
/// </summary>
internal static class DatabaseGenesis
{
    /// <summary>Creates everything and answers the open log; valid once the transaction is durable.</summary>
    public static CommitLog Create(WriteTransaction transaction, LogOptions options, IRandomSource random, string deviceName)
    {
        Connection connection = transaction.Connection;
        LogSchema.Create(connection);
        CreateTables(connection, options.Model);
        options.Documents.Configure(transaction, options.Model);
        MetaTable.Set(connection, MetaTable.ModelText, options.Model.Text);
        MetaTable.Set(connection, MetaTable.ModelVersion, options.Model.Version);
        LogStore store = new(connection);
        Hlc now = Hlc.FromMilliseconds(Math.Max(0, options.TimeProvider.GetUtcNow().ToUnixTimeMilliseconds()));
        DeviceKeys keys = LocalDevice.Mint(transaction, store, options.User, random, deviceName, now, out Author author);
        CommitLog log = CommitLog.Create(store, options, keys, author);
        IntroduceUser(log.Begin(transaction), options, deviceName);
        return log;
    }

    /// <summary>Whether the database was created completely; a file without it has not been through its first transaction.</summary>
    public static bool IsDone(Connection connection) => MetaTable.GetInteger(connection, MetaTable.ModelVersion) is not null;

    /// <summary>Tells the user's other devices of this one: its row, whose insert is signed by the device it is about.</summary>
    public static void IntroduceDevice(CommitBatch batch, DataModel model, UserKeys user, string deviceName)
    {
        Entity device = Required(model, "sys.Device");
        batch.Insert(
            device,
            user.PrivateRoom,
            [
                new FieldAssignment(Required(device, "name"), Value.Text(deviceName)),
                new FieldAssignment(Required(device, "status"), Required(device, "status").Default!.Value),
            ]);
    }

    private static void CreateTables(Connection connection, DataModel model)
    {
        ProjectionSchema schema = new(connection);
        foreach (Entity entity in model.Entities)
        {
            schema.Create(entity);
        }
    }

    private static void IntroduceUser(CommitBatch batch, LogOptions options, string deviceName)
    {
        Entity peer = Required(options.Model, "sys.Peer");
        batch.Insert(
            peer,
            options.User.ProfileRoom,
            [
                new FieldAssignment(Required(peer, "pub_key"), Value.Bytes(options.User.VerifyingKey.ToByteArray())),
                new FieldAssignment(Required(peer, "name"), Required(peer, "name").Default!.Value),
            ]);
        IntroduceDevice(batch, options.Model, options.User, deviceName);
        batch.Complete();
    }

    private static Entity Required(DataModel model, string entity) =>
        model.FindCanonical(entity) ?? throw new InvalidOperationException($"Every model has the entity {entity}.");

    private static Field Required(Entity entity, string field) =>
        entity.FindField(field) ?? throw new InvalidOperationException($"{entity} has the field {field}.");
}
