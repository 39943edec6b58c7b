using DiscreetDb.Telemetry;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>
    /// Writes a consistent copy of the database to a file, encrypted with the same key, while it goes on being read and
    /// written. To use it, put it in place of the database's file in a folder; on opening, the engine notices that it is an
    /// older state and goes on as a new device.
    /// </summary>
    /// <param name="file">The file to write; its folder exists, the file does not.</param>
    /// <param name="cancellationToken">Stops the copy and removes what was written of it.</param>
    /// <exception cref="ArgumentException">The file name is empty.</exception>
    /// <exception cref="InvalidOperationException">The database is in memory, and nothing of it leaves the memory.</exception>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.StorageFailed" />: the file exists already, or cannot be written; <see cref="ErrorCode.ReadOnly" />;
    /// <see cref="ErrorCode.DiskFull" />; <see cref="ErrorCode.Cancelled" />; <see cref="ErrorCode.Closed" />.
    /// </exception>
    public async Task BackupAsync(string file, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(file);
        string fullName = Path.GetFullPath(file);
        await Cancellation.Translate(_engine.BackupAsync(fullName, cancellationToken)).ConfigureAwait(false);
        _logger.BackedUp(fullName);
    }

    /// <summary>
    /// Checks everything that can be checked: every page, the hash, chain and signature of every commit, that exactly those
    /// count whose authors had the right to them, and that the tables are what the log projects to. Reading and writing go on
    /// meanwhile. Each finding names its commit.
    /// </summary>
    /// <param name="cancellationToken">Stops the verification.</param>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.Cancelled" />, <see cref="ErrorCode.Closed" />. Damage is no exception here but a finding.</exception>
    public async Task<VerificationReport> VerifyAsync(CancellationToken cancellationToken = default)
    {
        VerificationReport report = await Cancellation.Translate(_engine.VerifyAsync(cancellationToken)).ConfigureAwait(false);
        _logger.Verified(report.CommitCount, report.RowCount, report.Findings.Count);
        return report;
    }

    /// <summary>Makes every table, index and full text again from the signed log: the remedy when <see cref="VerifyAsync" /> finds them wrong.</summary>
    /// <param name="cancellationToken">Stops the rebuild before it began.</param>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.DatabaseCorrupt" />: the log itself is damaged; <see cref="ErrorCode.DiskFull" />;
    /// <see cref="ErrorCode.Cancelled" />; <see cref="ErrorCode.Closed" />. The tables stay as they were.
    /// </exception>
    public async Task RebuildAsync(CancellationToken cancellationToken = default)
    {
        await Cancellation.Translate(_engine.RebuildAsync(cancellationToken)).ConfigureAwait(false);
        _logger.Rebuilt();
    }

    /// <summary>How much room the database takes.</summary>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.Cancelled" />, <see cref="ErrorCode.Closed" />.</exception>
    public async Task<DatabaseSize> SizeAsync(CancellationToken cancellationToken = default) =>
        await Cancellation.Translate(_engine.SizeAsync(cancellationToken)).ConfigureAwait(false);

    /// <summary>Gives the room of deleted rows back to the file system, in slices between which writes have their turn.</summary>
    /// <param name="cancellationToken">Stops the compaction; what was given back by then stays given back.</param>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.DiskFull" />, <see cref="ErrorCode.Cancelled" />, <see cref="ErrorCode.Closed" />.</exception>
    public async Task CompactAsync(CancellationToken cancellationToken = default)
    {
        await Cancellation.Translate(_engine.CompactAsync(cancellationToken)).ConfigureAwait(false);
        _logger.Compacted();
    }

    /// <inheritdoc cref="BackupAsync" />
    public void Backup(string file) => Blocking.Wait(BackupAsync(file));

    /// <inheritdoc cref="VerifyAsync" />
    public VerificationReport Verify() => Blocking.Wait(VerifyAsync());

    /// <inheritdoc cref="RebuildAsync" />
    public void Rebuild() => Blocking.Wait(RebuildAsync());

    /// <inheritdoc cref="SizeAsync" />
    public DatabaseSize Size() => Blocking.Wait(SizeAsync());

    /// <inheritdoc cref="CompactAsync" />
    public void Compact() => Blocking.Wait(CompactAsync());
}
