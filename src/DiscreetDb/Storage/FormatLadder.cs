using System.Globalization;

namespace DiscreetDb.Storage;

/// <summary>Brings a file of an older format up to date, step by step, after a backup beside it.</summary>
internal static class FormatLadder
{
    /// <exception cref="DiscreetException">DatabaseCorrupt: no step leads on from the format; or what a step or the backup throws.</exception>
    public static void Climb(Connection connection, DatabaseOptions options, DatabaseKey key, string path)
    {
        int format = DatabaseFile.ReadFormat(connection);
        if (format == DatabaseFile.Format)
        {
            return;
        }

        string backup = string.Create(CultureInfo.InvariantCulture, $"{path}.format{format}.backup");
        StorageLog.Upgrading(options.Logger, path, format, DatabaseFile.Format, backup);
        WriteBackup(connection, key, backup);
        while (format < DatabaseFile.Format)
        {
            FormatUpgrade step = options.Upgrades.FirstOrDefault(upgrade => upgrade.From == format)
                ?? throw new DiscreetException(ErrorCode.DatabaseCorrupt, $"`{path}` has format {format}, which no version of the engine has written.");
            Apply(connection, step);
            format = step.To;
        }
    }

    private static void WriteBackup(Connection connection, DatabaseKey key, string backup)
    {
        connection.Run("BEGIN");
        try
        {
            connection.Run("SELECT 1 FROM sqlite_schema LIMIT 1");
            Backup.Write(connection, backup, key, progress: null);
        }
        finally
        {
            connection.Run("ROLLBACK");
        }
    }

    private static void Apply(Connection connection, FormatUpgrade step)
    {
        connection.Run("BEGIN IMMEDIATE");
        try
        {
            step.Apply(connection);
            DatabaseFile.SetFormat(connection, step.To);
            connection.Run("COMMIT");
        }
        finally
        {
            if (connection.IsInTransaction)
            {
                connection.Run("ROLLBACK");
            }
        }
    }
}
