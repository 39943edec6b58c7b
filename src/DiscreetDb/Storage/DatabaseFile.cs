using System.Globalization;

namespace DiscreetDb.Storage;

/// <summary>The file of a database: creating it whole or not at all, and saying precisely why one cannot be opened.</summary>
internal static class DatabaseFile
{
    /// <summary>The format this engine writes, kept in the header (<c>user_version</c>).</summary>
    public const int Format = 1;

    /// <summary>"Disc", in the header (<c>application_id</c>): an encrypted file of another program is not taken for ours.</summary>
    public const int ApplicationId = 0x44697363;

    /// <summary>
    /// Creates the file under another name and renames it when it is complete and on the disk, so that a crash leaves
    /// either a whole database or none.
    /// </summary>
    public static void Create(string path, DatabaseKey key, string application)
    {
        if (File.Exists(path + "-wal"))
        {
            throw new DiscreetException(
                ErrorCode.DatabaseCorrupt,
                $"`{path}` is missing but its write-ahead log `{path}-wal` is there. Restore the file beside it, or delete the log to begin anew.");
        }

        string partial = path + ".new";
        try
        {
            File.Delete(partial);
            File.Delete(partial + "-journal");
            using (Connection connection = ConnectionFactory.OpenKeyed(partial, key, Sqlite3.OpenReadWrite | Sqlite3.OpenCreate))
            {
                connection.Execute("PRAGMA page_size = 4096; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL");
                Initialize(connection, application);
            }

            FileSync.Rename(partial, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FileErrors.Translate(e, $"Creating `{path}`");
        }
    }

    /// <summary>Writes what every database begins with.</summary>
    public static void Initialize(Connection connection, string application)
    {
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA auto_vacuum = INCREMENTAL; PRAGMA application_id = {ApplicationId}"));
        connection.Execute("BEGIN");
        connection.Execute("""
            CREATE TABLE "$meta" ("key" TEXT NOT NULL PRIMARY KEY, "value") WITHOUT ROWID;
            CREATE TABLE "$text" ("table" TEXT NOT NULL PRIMARY KEY, "columns" TEXT NOT NULL, "taken" INTEGER NOT NULL) WITHOUT ROWID;
            CREATE TABLE "$text_changed" ("table" TEXT NOT NULL, "doc" INTEGER NOT NULL, PRIMARY KEY ("table", "doc")) WITHOUT ROWID;
            """);
        using (Statement insert = connection.Prepare("""INSERT INTO "$meta" ("key", "value") VALUES ('application', ?1)"""))
        {
            insert.BindText(1, application);
            insert.Run();
        }

        SetFormat(connection, Format);
        connection.Execute("COMMIT");
    }

    public static int ReadFormat(Connection connection) => (int)(connection.ReadInt64("PRAGMA user_version") ?? 0);

    public static void SetFormat(Connection connection, int format) =>
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {format}"));

    /// <summary>Checks that a file is a database of this key, application and format, or an older one. Changes nothing.</summary>
    /// <exception cref="DiscreetException">WrongKey, WrongApplication, NewerFormat, DatabaseCorrupt, ReadOnly, StorageFailed.</exception>
    public static void Verify(string path, DatabaseKey key, string application)
    {
        long size = new FileInfo(path).Length;
        if (size < KeyCheck.PageSizeBytes)
        {
            throw Corrupt(path, $"it is {size} bytes long, less than one page of {KeyCheck.PageSizeBytes}", null);
        }

        try
        {
            using Connection connection = ConnectionFactory.OpenKeyed(path, key, Sqlite3.OpenReadWrite);
            VerifyContent(connection, path, application);
        }
        catch (DiscreetException e) when (e.Code == ErrorCode.DatabaseCorrupt)
        {
            throw KeyCheck.Explain(path, key) == ErrorCode.WrongKey
                ? new DiscreetException(ErrorCode.WrongKey, $"The key does not open `{path}`: no page of it verifies under the key.", e)
                : Corrupt(path, "the key is right, but pages do not verify", e);
        }
    }

    private static void VerifyContent(Connection connection, string path, string application)
    {
        long? id = connection.ReadInt64("PRAGMA application_id");
        if (id != ApplicationId)
        {
            throw new DiscreetException(ErrorCode.WrongApplication, $"`{path}` is an encrypted database, but not of this engine (application id {id}).");
        }

        int format = ReadFormat(connection);
        if (format > Format)
        {
            throw new DiscreetException(
                ErrorCode.NewerFormat, $"`{path}` has format {format}; this version reads up to {Format}. Update the application.");
        }

        string? owner = connection.ReadText("""SELECT "value" FROM "$meta" WHERE "key" = 'application'""");
        if (owner != application)
        {
            throw new DiscreetException(ErrorCode.WrongApplication, $"`{path}` belongs to application `{owner}`, not `{application}`.");
        }

        if (connection.IsReadOnly)
        {
            throw new DiscreetException(ErrorCode.ReadOnly, $"`{path}` cannot be written. Check the permissions of the file and its folder.");
        }
    }

    private static DiscreetException Corrupt(string path, string reason, Exception? inner) => new(
        ErrorCode.DatabaseCorrupt, $"`{path}` is damaged: {reason}. Restore a backup, or run `discreet repair`.", inner);
}
