using DiscreetDb.Log;
using DiscreetDb.Storage;

namespace DiscreetDb;

internal sealed partial class Engine
{
    /// <summary>Writes a consistent copy, encrypted with the same key, to a file that must not exist; readers and the writer go on.</summary>
    public Task BackupAsync(string file, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Checks pages, chains, signatures and that the tables are what the log projects to, all on one snapshot.</summary>
    public Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken) =>
        _scheduler.RunAsync(() => Verify(cancellationToken), cancellationToken);

    /// <summary>Projects every table, index and full text from the log again, in one transaction.</summary>
    public async Task RebuildAsync(CancellationToken cancellationToken) =>
        await _database.Writer.RunAsync(
            transaction =>
            {
                _log.Projection.Rebuild(transaction);
                return true;
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>How much room the database takes.</summary>
    public Task<DatabaseSize> SizeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Gives free pages back to the file system.</summary>
    public Task CompactAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private VerificationReport Verify(CancellationToken cancellationToken)
    {
        while (true)
        {
            using ReadTransaction snapshot = _database.Readers.Begin(cancellationToken);
            if (_models.Of(snapshot.Connection) is not { } model)
            {
                // Taken before an update of the model that is in force by now.
                continue;
            }

            LogAudit audit = new(snapshot.Connection, model, Limits.FindingCount);
            IReadOnlyList<AuditFinding> findings = audit.Run(cancellationToken);
            return new VerificationReport(audit.CommitCount, audit.RowCount, [.. findings.Select(finding => finding.ToString())]);
        }
    }
}
