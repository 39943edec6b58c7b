using System.Globalization;

namespace DiscreetDb.Storage;

/// <summary>Opens the connections of one database, each with its settings in the order SQLCipher needs them.</summary>
internal sealed class ConnectionFactory(DatabaseOptions options, DatabaseKey? key, string name)
{
    /// <summary>How long a connection waits for another: long enough for recovery after a crash, which is the only time they meet.</summary>
    private const int BusyTimeoutMs = 10_000;

    /// <summary>The write-ahead log shrinks to this after a large transaction.</summary>
    private const int JournalSizeLimitBytes = 64 * 1024 * 1024;

    public bool IsInMemory => key is null;

    public Connection OpenWriter()
    {
        Connection connection = OpenKeyed();
        return Configure(connection, () =>
        {
            // The timeout stands before the change of journal mode, or two simultaneous opens fail.
            connection.Execute($"PRAGMA busy_timeout = {BusyTimeoutMs}");
            if (!IsInMemory)
            {
                connection.Execute("PRAGMA journal_mode = WAL");
                connection.Execute($"PRAGMA journal_size_limit = {JournalSizeLimitBytes}");
                connection.WatchWal();
            }

            SetDurability(connection, options.Durability);
            ConfigureMemory(connection, options.WriterCacheBytes);
            connection.Execute("PRAGMA secure_delete = OFF");
        });
    }

    public Connection OpenReader()
    {
        Connection connection = OpenKeyed();
        return Configure(connection, () =>
        {
            connection.Execute($"PRAGMA busy_timeout = {BusyTimeoutMs}");
            ConfigureMemory(connection, options.ReaderCacheBytes);
            connection.Execute("PRAGMA query_only = ON");
        });
    }

    /// <summary>A connection that can read, without further settings.</summary>
    public Connection OpenKeyed() => OpenKeyed(name, key, Sqlite3.OpenReadWrite | (IsInMemory ? Sqlite3.OpenUri | Sqlite3.OpenCreate : 0));

    public static Connection OpenKeyed(string name, DatabaseKey? key, int flags)
    {
        Connection connection = Connection.Open(name, flags);
        return key is null ? connection : Configure(connection, () =>
        {
            connection.SetKey(key);
            RequireCipher(connection);
            connection.Execute("PRAGMA cipher_log_level = NONE");

            // The defaults of a process can be changed by anyone in it; the format of the file must not follow them.
            connection.Execute("PRAGMA cipher_compatibility = 4");

            // Half of what a page costs to read or write is its MAC, and processors have instructions for SHA-256 (docs/adr/0023).
            connection.Execute("PRAGMA cipher_hmac_algorithm = HMAC_SHA256");
        });
    }

    public static void SetDurability(Connection connection, Durability durability) =>
        connection.Execute(durability == Durability.Full ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");

    /// <summary>Plain SQLite ignores the key and would write plain text.</summary>
    private static void RequireCipher(Connection connection)
    {
        if (connection.ReadText("PRAGMA cipher_version") is not { Length: > 0 })
        {
            throw new DiscreetException(
                ErrorCode.NativeLibraryMissing,
                "The library found is SQLite without encryption: nothing was opened. Install SQLCipher 4.6 or newer (Debian: libsqlcipher1).");
        }
    }

    private static Connection Configure(Connection connection, Action configure)
    {
        try
        {
            configure();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private void ConfigureMemory(Connection connection, int cacheBytes)
    {
        connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{cacheBytes / 1024}"));
        connection.Execute("PRAGMA temp_store = MEMORY");
        connection.Execute("PRAGMA trusted_schema = OFF");
        FullTextRank.Register(connection);
        foreach (SqlFunction function in options.Functions)
        {
            connection.RegisterFunction(function);
        }
    }
}
