using DiscreetDb.Core;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>A commit of another branch of a log than the one stored: its packed form, and the end of the branch behind it.</summary>
internal sealed record BranchCommit(LogHead Head, Hash256 Previous, ReadOnlyMemory<byte> Packed);

/// <summary>
/// Branches of forked data logs (<c>$branch</c>) that lead, or may lead, to a commit somebody named: kept until it is here, when
/// the stored branch gives way. Signatures are verified before anything gets in; bounded per log, the oldest go first.
/// </summary>
internal sealed class BranchTable(Connection connection)
{
    public bool Any(DeviceLog log)
    {
        using Statement statement = connection.Prepare("SELECT 1 FROM \"$branch\" WHERE log = ?1 LIMIT 1");
        statement.Bind(1, log.No);
        return statement.Step();
    }

    public void Add(DeviceLog log, Commit commit, ReadOnlyMemory<byte> packed)
    {
        using Statement statement = connection.Prepare(
            "INSERT OR IGNORE INTO \"$branch\" (log, seq, id, previous, hlc, heads, packed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        statement.Bind(1, log.No);
        statement.Bind(2, commit.Position.Sequence);
        statement.BindBlob(3, commit.Id.ToByteArray());
        statement.BindBlob(4, commit.Header.Previous.ToByteArray());
        statement.Bind(5, (long)commit.Position.Hlc.Value);
        statement.BindBlob(6, HeadsTable.Encode(commit.Header.Heads.Span));
        statement.BindBlob(7, packed.Span);
        statement.Run();
        DropOldest(log);
    }

    /// <summary>The commits of a log's branches with this sequence.</summary>
    public IReadOnlyList<BranchCommit> At(DeviceLog log, long sequence)
    {
        using Statement statement = connection.Prepare(
            "SELECT seq, id, previous, hlc, heads, packed FROM \"$branch\" WHERE log = ?1 AND seq = ?2 ORDER BY id");
        statement.Bind(1, log.No);
        statement.Bind(2, sequence);
        return Read(statement, log);
    }

    /// <summary>All of them, in the order of their sequences.</summary>
    public IReadOnlyList<BranchCommit> All(DeviceLog log)
    {
        using Statement statement = connection.Prepare(
            "SELECT seq, id, previous, hlc, heads, packed FROM \"$branch\" WHERE log = ?1 ORDER BY seq, id");
        statement.Bind(1, log.No);
        return Read(statement, log);
    }

    public void Clear(DeviceLog log)
    {
        using Statement statement = connection.Prepare("DELETE FROM \"$branch\" WHERE log = ?1");
        statement.Bind(1, log.No);
        statement.Run();
    }

    private static List<BranchCommit> Read(Statement statement, DeviceLog log)
    {
        List<BranchCommit> commits = [];
        while (statement.Step())
        {
            LogHead head = LogHead.Empty(log) with
            {
                Sequence = statement.GetInt64(0),
                Id = new Hash256(statement.GetBlob(1)),
                Hlc = new Hlc((ulong)statement.GetInt64(3)),
                Heads = HeadsTable.Decode(statement.GetBlob(4)),
            };
            commits.Add(new BranchCommit(head, new Hash256(statement.GetBlob(2)), statement.GetBlob(5).ToArray()));
        }

        return commits;
    }

    private void DropOldest(DeviceLog log)
    {
        while (true)
        {
            using Statement total = connection.Prepare("SELECT count(*), sum(length(packed)), min(no) FROM \"$branch\" WHERE log = ?1");
            total.Bind(1, log.No);
            total.Step();
            if (total.GetInt64(0) <= Limits.BranchCommitCount && total.GetInt64(1) <= Limits.BranchSizeBytes)
            {
                return;
            }

            using Statement drop = connection.Prepare("DELETE FROM \"$branch\" WHERE no = ?1");
            drop.Bind(1, total.GetInt64(2));
            drop.Run();
        }
    }
}
