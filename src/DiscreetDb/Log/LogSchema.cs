using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>The tables of the log and of what the projection remembers beside the rows (docs/ARCHITECTURE.md).</summary>
internal static class LogSchema
{
    private const string Tables =
        """
        CREATE TABLE "$user" (no INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE);
        CREATE TABLE "$device" (no INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, id BLOB NOT NULL, user INTEGER NOT NULL, certificate BLOB NOT NULL);
        CREATE TABLE "$log" (no INTEGER PRIMARY KEY, room BLOB NOT NULL, device BLOB NOT NULL, kind INTEGER NOT NULL, author INTEGER NOT NULL, since INTEGER NOT NULL, UNIQUE (room, device, kind));
        CREATE TABLE "$fork" (log INTEGER PRIMARY KEY, seq INTEGER NOT NULL, previous BLOB NOT NULL, evidence BLOB NOT NULL);
        CREATE TABLE "$branch" (no INTEGER PRIMARY KEY, log INTEGER NOT NULL, seq INTEGER NOT NULL, id BLOB NOT NULL, previous BLOB NOT NULL, hlc INTEGER NOT NULL, heads BLOB NOT NULL, packed BLOB NOT NULL, UNIQUE (log, seq, id));
        CREATE TABLE "$parked" (no INTEGER PRIMARY KEY, room BLOB NOT NULL, kind INTEGER NOT NULL, device BLOB NOT NULL, seq INTEGER NOT NULL, user BLOB NOT NULL, head BLOB NOT NULL, hash BLOB NOT NULL, size INTEGER NOT NULL, certificate BLOB NOT NULL, packed BLOB NOT NULL, UNIQUE (room, kind, device, seq, hash));
        CREATE INDEX "$parked.head" ON "$parked" (room, head) WHERE head <> x'';
        CREATE INDEX "$parked.user" ON "$parked" (room, user);
        CREATE TABLE "$heads" (no INTEGER PRIMARY KEY, ids BLOB NOT NULL UNIQUE);
        CREATE TABLE "$commit" (no INTEGER PRIMARY KEY, id BLOB NOT NULL, hlc INTEGER NOT NULL, heads INTEGER NOT NULL, void INTEGER NOT NULL, signature BLOB NOT NULL, body BLOB NOT NULL);
        CREATE INDEX "$commit.void" ON "$commit" (no) WHERE void = 1;
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
