using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Plans;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb;

/// <summary>The stages of opening: keys, file, log, model.</summary>
internal static class EngineOpening
{
    private const long FirstModelVersion = 1;

    /// <inheritdoc cref="Engine.OpenAsync" />
    public static async Task<Engine> RunAsync(EngineOptions options)
    {
        UserKeys user = UserKeys.Derive(options.AppKey, options.KeyMaterial.Span);
        Database? database = null;
        try
        {
            database = await options.Scheduler.RunAsync(() => Database.Open(ToDatabaseOptions(options, user)), CancellationToken.None).ConfigureAwait(false);
            IRights rights = new OwnRooms(user.VerifyingKey, user.PrivateRoom);
            CommitLog log = await database.Writer
                .RunAsync(transaction => OpenLog(transaction, options, user, rights), CancellationToken.None).ConfigureAwait(false);
            return new Engine(options.Scheduler, user, database, log, rights);
        }
        catch
        {
            database?.Dispose();
            user.Dispose();
            throw;
        }
    }

    private static DatabaseOptions ToDatabaseOptions(EngineOptions options, UserKeys user) => new()
    {
        Path = options.Options.InMemory ? null : Path.Combine(options.Folder, user.FileName),
        Key = user.DatabaseKey.Span.ToArray(),
        Application = options.AppKey,
        Scheduler = options.Scheduler,
        TimeProvider = options.Options.TimeProvider,
        Create = options.Options.Create,
        Durability = options.Options.Durability,
        WriterCacheBytes = options.Options.PageCache.WriterSizeBytes,
        ReaderCacheBytes = options.Options.PageCache.ReaderSizeBytes,
        ReaderCount = options.Options.ReaderCount,
        Functions = QueryFunctions.All,
        Logger = options.Options.Logger,
    };

    private static CommitLog OpenLog(WriteTransaction transaction, EngineOptions options, UserKeys user, IRights rights)
    {
        Connection connection = transaction.Connection;
        if (!DatabaseGenesis.IsDone(connection))
        {
            DataModel first = DataModelBuilder.Build(options.Model, FirstModelVersion);
            return DatabaseGenesis.Create(transaction, ToLogOptions(first), options.Random, options.DeviceName);
        }

        DataModel stored = ReadModel(connection);
        CommitLog log = CommitLog.Open(connection, ToLogOptions(stored));
        if (options.Model != stored.Text)
        {
            ModelUpdate.Run(log, transaction, options.Model, stored.Version + 1);
        }

        return log;

        LogOptions ToLogOptions(DataModel model) => new()
        {
            User = user,
            Model = model,
            Rights = rights,
            TimeProvider = options.Options.TimeProvider,
        };
    }

    private static DataModel ReadModel(Connection connection)
    {
        string text = MetaTable.GetText(connection, MetaTable.ModelText)
            ?? throw new DiscreetException(ErrorCode.DatabaseCorrupt, "The database does not hold its data model. Restore a backup.");
        return DataModelBuilder.Build(text, MetaTable.GetInteger(connection, MetaTable.ModelVersion) ?? FirstModelVersion);
    }
}
