using System.Text;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Single facts about the database, by key.</summary>
internal static class MetaTable
{
    public const string ModelText = "model";

    public const string ModelVersion = "model version";

    /// <summary>The seeds of this database's device.</summary>
    public const string DeviceSeeds = "device seeds";

    /// <summary>Hash of this database's device certificate.</summary>
    public const string DeviceCertificate = "device certificate";

    public static string? GetText(Connection connection, string key)
    {
        using Statement statement = Select(connection, key);
        return statement.Step() ? Encoding.UTF8.GetString(statement.GetText(0)) : null;
    }

    public static byte[]? GetBlob(Connection connection, string key)
    {
        using Statement statement = Select(connection, key);
        return statement.Step() ? statement.GetBlob(0).ToArray() : null;
    }

    public static long? GetInteger(Connection connection, string key)
    {
        using Statement statement = Select(connection, key);
        return statement.Step() ? statement.GetInt64(0) : null;
    }

    public static void Set(Connection connection, string key, string text)
    {
        using Statement statement = Replace(connection, key);
        statement.BindText(2, text);
        statement.Run();
    }

    public static void Set(Connection connection, string key, ReadOnlySpan<byte> blob)
    {
        using Statement statement = Replace(connection, key);
        statement.BindBlob(2, blob);
        statement.Run();
    }

    public static void Set(Connection connection, string key, long number)
    {
        using Statement statement = Replace(connection, key);
        statement.Bind(2, number);
        statement.Run();
    }

    private static Statement Select(Connection connection, string key)
    {
        Statement statement = connection.Prepare("SELECT value FROM \"$meta\" WHERE key = ?1");
        statement.BindText(1, key);
        return statement;
    }

    private static Statement Replace(Connection connection, string key)
    {
        Statement statement = connection.Prepare("REPLACE INTO \"$meta\" (key, value) VALUES (?1, ?2)");
        statement.BindText(1, key);
        return statement;
    }
}
