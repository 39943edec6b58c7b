namespace DiscreetDb.Storage;

/// <summary>Copies one snapshot of a database into another encrypted file: complete under its name, or not there.</summary>
internal static unsafe class Backup
{
    /// <summary>1 MiB between two looks at token and progress.</summary>
    private const int PagesPerStep = 256;

    /// <summary>Copies what the connection's read transaction sees; writes go on meanwhile.</summary>
    /// <param name="source">A connection inside a read transaction.</param>
    /// <param name="path">The file to be; an older one is replaced at the end.</param>
    /// <param name="key">The key of both files.</param>
    /// <param name="progress">Told the part done, from 0 to 1.</param>
    /// <exception cref="DiscreetException">Closed, Cancelled, DiskFull, ReadOnly, StorageFailed, DatabaseCorrupt.</exception>
    public static void Write(Connection source, string path, DatabaseKey key, IProgress<double>? progress)
    {
        string partial = path + ".part";
        try
        {
            File.Delete(partial);
            using (Connection destination = ConnectionFactory.OpenKeyed(partial, key, Sqlite3.OpenReadWrite | Sqlite3.OpenCreate))
            {
                // The file counts only once it has its name; until then a crash leaves nothing to recover.
                destination.Execute("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF");
                Copy(source, destination, progress);

                // Whoever opens it must not go on with the logs of the original (I9).
                destination.Execute($"""REPLACE INTO "$meta" ("key", "value") VALUES ('{FileOrigin.BackupKey}', x'01')""");
            }

            FileSync.Rename(partial, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(partial);
            throw FileErrors.Translate(e, $"Writing the backup `{path}`");
        }
        catch (DiscreetException)
        {
            TryDelete(partial);
            throw;
        }
    }

    private static void Copy(Connection source, Connection destination, IProgress<double>? progress)
    {
        nint backup;
        fixed (byte* main = "main\0"u8)
        {
            backup = Sqlite3.sqlite3_backup_init(destination.Native, main, source.Native, main);
        }

        if (backup == 0)
        {
            throw destination.CreateFailure(Sqlite3.Error, "backup");
        }

        int result;
        try
        {
            while ((result = Sqlite3.sqlite3_backup_step(backup, PagesPerStep)) == Sqlite3.Ok)
            {
                source.ThrowIfStopped();
                Report(backup, progress);
            }
        }
        finally
        {
            _ = Sqlite3.sqlite3_backup_finish(backup);
        }

        if (result != Sqlite3.Done)
        {
            throw destination.CreateFailure(result, "backup");
        }

        progress?.Report(1);
    }

    private static void Report(nint backup, IProgress<double>? progress)
    {
        int count = Sqlite3.sqlite3_backup_pagecount(backup);
        if (progress is not null && count > 0)
        {
            progress.Report(1 - ((double)Sqlite3.sqlite3_backup_remaining(backup) / count));
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What failed before is what the caller must know; the next backup replaces the rest.
        }
    }
}
