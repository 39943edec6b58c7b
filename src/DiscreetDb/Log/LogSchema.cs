using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>The tables of the log and of what the projection remembers beside the rows (docs/ARCHITECTURE.md).</summary>
internal static class LogSchema
{
    private const string Tables =
        """
        CREATE TABLE "$user" (no INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE);
        CREATE TABLE "$device" (no INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, id BLOB NOT NULL, user INTEGER NOT NULL, certificate BLOB NOT NULL);
        CREATE TABLE "$log" (no INTEGER PRIMARY KEY, room BLOB NOT NULL, device BLOB NOT NULL, kind INTEGER NOT NULL, author INTEGER NOT NULL, UNIQUE (room, device, kind));
        CREATE TABLE "$heads" (no INTEGER PRIMARY KEY, ids BLOB NOT NULL UNIQUE);
        CREATE TABLE "$commit" (no INTEGER PRIMARY KEY, id BLOB NOT NULL, hlc INTEGER NOT NULL, heads INTEGER NOT NULL, void INTEGER NOT NULL, signature BLOB NOT NULL, body BLOB NOT NULL);
        CREATE TABLE "$field" (no INTEGER PRIMARY KEY, entity TEXT NOT NULL, field TEXT NOT NULL, UNIQUE (entity, field));
        CREATE TABLE "$history" (row BLOB NOT NULL, kind INTEGER NOT NULL, "commit" INTEGER NOT NULL, PRIMARY KEY (row, kind, "commit")) WITHOUT ROWID;
        CREATE TABLE "$tombstone" (row BLOB NOT NULL PRIMARY KEY, entity INTEGER NOT NULL, since INTEGER) WITHOUT ROWID;
        CREATE INDEX "$tombstone.since" ON "$tombstone" (since) WHERE since IS NOT NULL;
        CREATE TABLE "$link" (src BLOB NOT NULL, field INTEGER NOT NULL, dest BLOB NOT NULL, "commit" INTEGER NOT NULL, cut INTEGER NOT NULL, PRIMARY KEY (src, field, dest)) WITHOUT ROWID;
        CREATE INDEX "$link.cut" ON "$link" (dest) WHERE cut = 1;
        """;

    /// <summary>Creates every table of the log in a database that has only <c>$meta</c>, inside the caller's transaction.</summary>
    public static void Create(Connection connection) => connection.Execute(Tables);
}
