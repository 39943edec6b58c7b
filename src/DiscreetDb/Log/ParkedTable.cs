using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>
/// Commits that lack something to be judged (<c>$parked</c>): the one before them, a certificate, a rights head. Bounded by
/// number and bytes per room and user; the oldest go first. What is dropped is asked for again by the next synchronisation.
/// </summary>
internal sealed class ParkedTable(Connection connection)
{
    private const string Columns = "no, room, kind, device, seq, certificate, packed";

    private long? _count;

    /// <summary>Whether nothing is parked: then nothing needs to be looked for.</summary>
    public bool IsEmpty => (_count ??= connection.ReadInt64("SELECT count(*) FROM \"$parked\"") ?? 0) == 0;

    /// <summary>How many commits of a room are parked.</summary>
    public long CountOf(Uid room)
    {
        using Statement statement = connection.Prepare("SELECT count(*) FROM \"$parked\" WHERE room = ?1");
        statement.Bind(1, room);
        statement.Step();
        return statement.GetInt64(0);
    }

    /// <summary>Parks a commit; false if it is larger than everything its user may have parked in the room.</summary>
    /// <param name="transaction">The writer's transaction.</param>
    /// <param name="commit">The commit.</param>
    /// <param name="user">On whose account: its author, or a zero key for whoever the room does not know.</param>
    /// <param name="head">The rights head it lacks; null if it lacks the commit before it or its certificate.</param>
    public bool TryAdd(WriteTransaction transaction, IncomingCommit commit, VerifyingKey user, Hash256? head)
    {
        int sizeBytes = SizeOf(commit);
        if (sizeBytes > Limits.ParkedSizeBytes)
        {
            return false;
        }

        transaction.OnRollback(() => _count = null);
        using Statement statement = connection.Prepare(
            "INSERT OR IGNORE INTO \"$parked\" (room, kind, device, seq, user, head, hash, size, certificate, packed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
        statement.Bind(1, commit.Room);
        statement.Bind(2, (long)commit.Kind);
        statement.Bind(3, commit.Device);
        statement.Bind(4, commit.Sequence);
        statement.BindBlob(5, user.ToByteArray());
        statement.BindBlob(6, head is { } lacking ? lacking.ToByteArray() : []);
        statement.BindBlob(7, Blake3.Hash(commit.Packed.Span).ToByteArray());
        statement.Bind(8, sizeBytes);
        statement.BindBlob(9, commit.Certificate is { } certificate ? certificate.Encoded.Span : []);
        statement.BindBlob(10, commit.Packed.Span);
        statement.Run();
        _count = null;
        DropOldest(commit.Room, user);
        return true;
    }

    /// <summary>Takes out what may follow now: the commits at a place of a log.</summary>
    public IReadOnlyList<IncomingCommit> TakeAt(WriteTransaction transaction, Uid room, CommitKind kind, Uid device, long sequence)
    {
        if (IsEmpty)
        {
            return [];
        }

        using Statement statement = connection.Prepare(
            $"DELETE FROM \"$parked\" WHERE room = ?1 AND kind = ?2 AND device = ?3 AND seq = ?4 AND head = x'' RETURNING {Columns}");
        statement.Bind(1, room);
        statement.Bind(2, (long)kind);
        statement.Bind(3, device);
        statement.Bind(4, sequence);
        return Take(transaction, statement);
    }

    /// <summary>Takes out the commits that lack this rights commit.</summary>
    public IReadOnlyList<IncomingCommit> TakeLacking(WriteTransaction transaction, Uid room, Hash256 head)
    {
        if (IsEmpty)
        {
            return [];
        }

        using Statement statement = connection.Prepare($"DELETE FROM \"$parked\" WHERE room = ?1 AND head = ?2 RETURNING {Columns}");
        statement.Bind(1, room);
        statement.BindBlob(2, head.ToByteArray());
        return Take(transaction, statement);
    }

    private static int SizeOf(IncomingCommit commit) => commit.Packed.Length + (commit.Certificate?.Encoded.Length ?? 0);

    private void DropOldest(Uid room, VerifyingKey user)
    {
        while (true)
        {
            using Statement total = connection.Prepare("SELECT count(*), sum(size), min(no) FROM \"$parked\" WHERE room = ?1 AND user = ?2");
            total.Bind(1, room);
            total.BindBlob(2, user.ToByteArray());
            total.Step();
            if (total.GetInt64(0) <= Limits.ParkedCommitCount && total.GetInt64(1) <= Limits.ParkedSizeBytes)
            {
                return;
            }

            using Statement drop = connection.Prepare("DELETE FROM \"$parked\" WHERE no = ?1");
            drop.Bind(1, total.GetInt64(2));
            drop.Run();
        }
    }

    private List<IncomingCommit> Take(WriteTransaction transaction, Statement statement)
    {
        List<(long No, IncomingCommit Commit)> taken = [];
        while (statement.Step())
        {
            taken.Add((statement.GetInt64(0), Read(statement)));
        }

        if (taken.Count > 0)
        {
            _count = null;
            transaction.OnRollback(() => _count = null);
        }

        return [.. taken.OrderBy(parked => parked.No).Select(parked => parked.Commit)];
    }

    private static IncomingCommit Read(Statement statement)
    {
        DeviceCertificate.TryDecode(statement.GetBlob(5), out DeviceCertificate? certificate);
        return new IncomingCommit(
            statement.GetUid(1), (CommitKind)statement.GetInt64(2), statement.GetUid(3), certificate, statement.GetInt64(4), statement.GetBlob(6).ToArray());
    }
}
