using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;
using DiscreetDb.Storage;

namespace DiscreetDb;

internal sealed partial class Engine
{
    /// <summary>Writes a consistent copy, encrypted with the same key, to a file that must not exist; readers and the writer go on.</summary>
    public Task BackupAsync(string file, CancellationToken cancellationToken) => _database.BackupAsync(file, progress: null, cancellationToken);

    /// <summary>Checks pages, chains, signatures, rights and that the tables are what the log projects to.</summary>
    public async Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<IntegrityFinding> pages = await _database.CheckAsync(cancellationToken).ConfigureAwait(false);
        VerificationReport log = await _scheduler.RunAsync(() => AuditLog(cancellationToken), cancellationToken).ConfigureAwait(false);
        return log with { Findings = [.. pages.Select(finding => finding.Text).Concat(log.Findings).Take(Limits.FindingCount)] };
    }

    /// <summary>Projects every table, index and full text from the log again, in one transaction.</summary>
    public async Task RebuildAsync(CancellationToken cancellationToken) =>
        await _database.Writer.RunAsync(
            transaction =>
            {
                _log.Rebuild.RunAll(transaction);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>How much room the database takes.</summary>
    public Task<DatabaseSize> SizeAsync(CancellationToken cancellationToken) => _database.SizeAsync(cancellationToken);

    /// <summary>Gives free pages back to the file system.</summary>
    public async Task CompactAsync(CancellationToken cancellationToken) =>
        await _database.CompactAsync(progress: null, cancellationToken).ConfigureAwait(false);

    private VerificationReport AuditLog(CancellationToken cancellationToken)
    {
        while (true)
        {
            using ReadTransaction snapshot = _database.Readers.Begin(cancellationToken);

            // Null where the snapshot was taken before an update of the model that is in force by now.
            if (_models.Of(snapshot.Connection) is { } model)
            {
                return AuditLog(snapshot.Connection, model, cancellationToken);
            }
        }
    }

    private VerificationReport AuditLog(Connection snapshot, DataModel model, CancellationToken cancellationToken)
    {
        LogAudit audit = new(snapshot, model, new OwnRooms(_user.VerifyingKey, _user.PrivateRoom), _clock, Limits.FindingCount);
        try
        {
            IReadOnlyList<AuditFinding> findings = audit.Run(cancellationToken);
            return new VerificationReport(audit.CommitCount, audit.RowCount, [.. findings.Select(finding => finding.ToString())]);
        }
        catch (DiscreetException damaged) when (damaged.Code == ErrorCode.DatabaseCorrupt)
        {
            // Where pages do not verify the log cannot be read to its end: that is a finding like the others.
            return new VerificationReport(audit.CommitCount, audit.RowCount, [damaged.Message]);
        }
    }
}
