using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Plans;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;
using DiscreetDb.Telemetry;

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
            RequireFirstModel(options, user);
            database = await options.Scheduler.RunAsync(() => Database.Open(ToDatabaseOptions(options, user)), CancellationToken.None).ConfigureAwait(false);
            CommitLog log = await OpenLogAsync(database, user, options).ConfigureAwait(false);
            return new Engine(options, user, database, log);
        }
        catch
        {
            database?.Dispose();
            user.Dispose();
            throw;
        }
    }

    /// <summary>A text that is no model must not leave a new, empty database behind.</summary>
    private static void RequireFirstModel(EngineOptions options, UserKeys user)
    {
        if (options.Options.Create == CreateMode.IfMissing && !File.Exists(Path.Combine(options.Folder, user.FileName)))
        {
            _ = DataModelBuilder.Build(options.Model, FirstModelVersion);
        }
    }

    private static DatabaseOptions ToDatabaseOptions(EngineOptions options, UserKeys user) => new()
    {
        Path = options.Options.InMemory ? null : Path.Combine(options.Folder, user.FileName),
        Key = user.DatabaseKey.Span.ToArray(),
        Application = options.AppKey,
        Scheduler = options.Scheduler,
        TimeProvider = options.Options.TimeProvider,
        Random = options.Random,
        Create = options.Options.Create,
        Durability = options.Options.Durability,
        WriterCacheBytes = options.Options.PageCache.WriterSizeBytes,
        ReaderCacheBytes = options.Options.PageCache.ReaderSizeBytes,
        ReaderCount = options.Options.ReaderCount,
        Functions = QueryFunctions.All,
        Logger = options.Options.Logger,
    };

    private static async ValueTask<CommitLog> OpenLogAsync(Database database, UserKeys user, EngineOptions options)
    {
        CommitLog opened = await database.Writer.RunAsync(OpenOrCreate, CancellationToken.None).ConfigureAwait(false);
        database.Origin?.Settle();
        return opened;

        CommitLog OpenOrCreate(WriteTransaction transaction)
        {
            CommitLog log = DatabaseGenesis.IsDone(transaction.Connection) ? Open(transaction) : Create(transaction);
            database.Origin?.Renew(transaction);
            return log;
        }

        CommitLog Create(WriteTransaction transaction)
        {
            DataModel first = DataModelBuilder.Build(options.Model, FirstModelVersion);
            return DatabaseGenesis.Create(transaction, ToLogOptions(first), options.Random, options.Options.DeviceName);
        }

        CommitLog Open(WriteTransaction transaction)
        {
            DataModel stored = ReadModel(transaction.Connection);
            CommitLog log = CommitLog.Open(transaction, ToLogOptions(stored));
            if (database.Origin is { IsCopy: true })
            {
                // The original may go on with the logs of the device in it: this file is another one from now on (I9).
                log.ReplaceDevice(transaction, user, options.Random);
                log.IntroduceDevice(transaction, user);
                options.Options.Logger.CopyOpened(log.Author.Certificate.Device);
            }

            if (options.Model != stored.Text)
            {
                ModelUpdate.Run(log, transaction, options.Model, stored.Version + 1);
            }

            return log;
        }

        LogOptions ToLogOptions(DataModel model) => new()
        {
            User = user,
            Model = model,
            OwnRooms = new OwnRooms(user.VerifyingKey, user.PrivateRoom),
            Random = options.Random,
            Documents = new FullTextDocuments(database.FullText),
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
