using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Storage;

public sealed class MaintenanceTests
{
    [Fact]
    public async Task A_backup_made_beside_writes_is_a_sound_database()
    {
        using TestDatabase test = new();
        await FillAsync(test, 2_000);
        string path = Path.Combine(test.Folder, "backup.db");
        Progress progress = new();

        Task backup = test.Database.BackupAsync(path, progress, CancellationToken.None);
        int written = 2_000;
        while (!backup.IsCompleted)
        {
            await test.InsertAsync(++written, "beside");
        }

        await backup;
        Assert.Equal(1, progress.Last);
        Assert.True(progress.IsRising);
        test.Close();
        using Database copy = Database.Open(test.Options with { Path = path });
        using ReadTransaction read = copy.Readers.Begin(CancellationToken.None);
        Assert.InRange(read.Connection.ReadInt64("SELECT count(*) FROM t")!.Value, 2_000, written);
        Assert.Empty(await copy.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_cancelled_backup_leaves_nothing()
    {
        using TestDatabase test = new();
        await FillAsync(test, 2_000);
        string path = Path.Combine(test.Folder, "backup.db");
        using CancellationTokenSource cancel = new();

        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(
            () => test.Database.BackupAsync(path, new Progress(_ => cancel.Cancel()), cancel.Token));

        Assert.Equal(ErrorCode.Cancelled, failure.Code);
        Assert.Empty(Directory.GetFiles(test.Folder, "backup*"));
    }

    [Fact]
    public async Task A_backup_replaces_no_file()
    {
        using TestDatabase test = new();

        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => test.Database.BackupAsync(test.Path, null, CancellationToken.None));

        Assert.Equal(ErrorCode.StorageFailed, failure.Code);
    }

    [Fact]
    public async Task A_backup_into_a_missing_folder_fails_and_says_so()
    {
        using TestDatabase test = new();

        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(
            () => test.Database.BackupAsync(Path.Combine(test.Folder, "none", "backup.db"), null, CancellationToken.None));

        Assert.Equal(ErrorCode.StorageFailed, failure.Code);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Compaction_gives_the_space_of_deleted_rows_back(bool inMemory)
    {
        using TestDatabase test = new(inMemory);
        await FillAsync(test, 5_000);
        await test.RunAsync(c => c.Execute("DELETE FROM t WHERE id % 10 != 0"));
        DatabaseSize before = await test.Database.SizeAsync(CancellationToken.None);
        Progress progress = new();

        await test.Database.CompactAsync(progress, CancellationToken.None);

        DatabaseSize after = await test.Database.SizeAsync(CancellationToken.None);
        Assert.True(before.FreeSizeBytes > before.FileSizeBytes / 2, $"{before}");
        Assert.Equal(0, after.FreeSizeBytes);
        Assert.Equal(before.FileSizeBytes - before.FreeSizeBytes, after.FileSizeBytes, 16.0 * 4_096);
        Assert.Equal(1, progress.Last);
        Assert.Equal(500, test.Count());
        Assert.Empty(await test.Database.CheckAsync(CancellationToken.None));
        if (!inMemory)
        {
            Assert.Equal(after.FileSizeBytes, new FileInfo(test.Path).Length);
        }
    }

    [Fact]
    public async Task A_check_names_damaged_pages_while_the_rest_can_be_read()
    {
        using TestDatabase test = new();
        await FillAsync(test, 5_000);
        test.Close();
        OpenTests.Damage(test.Path, 500 * 4_096, 100);
        test.Reopen();

        IReadOnlyList<IntegrityFinding> findings = await test.Database.CheckAsync(CancellationToken.None);

        Assert.Contains(findings, finding => finding.Area == IntegrityArea.Page && finding.Text.Contains("501", StringComparison.Ordinal));
        Assert.Equal(ErrorCode.DatabaseCorrupt, Assert.Throws<DiscreetException>(() => test.Read("SELECT sum(length(text)) FROM t")).Code);
        Assert.Equal(1, test.Read("SELECT count(*) FROM t WHERE id = 1"));
        await test.InsertAsync(100_000);
        Assert.Equal(1, test.Read("SELECT count(*) FROM t WHERE id = 100000"));
    }

    [Fact]
    public async Task An_older_format_is_upgraded_step_by_step_after_a_backup()
    {
        using TestDatabase test = new();
        await FillAsync(test, 10);
        await test.RunAsync(c => DatabaseFile.SetFormat(c, DatabaseFile.Format - 1));
        test.Options = test.Options with { Upgrades = [new FormatUpgrade(DatabaseFile.Format - 1, c => c.Execute("DELETE FROM t"))] };

        test.Reopen();

        Assert.Equal(0, test.Count());
        test.Run(c => Assert.Equal(DatabaseFile.Format, DatabaseFile.ReadFormat(c)));
        test.Close();
        string backup = $"{test.Path}.format{DatabaseFile.Format - 1}.backup";
        using Connection old = ConnectionFactory.OpenKeyed(backup, new DatabaseKey(TestDatabase.Key), Sqlite3.OpenReadWrite);
        Assert.Equal(10, old.ReadInt64("SELECT count(*) FROM t"));
    }

    [Fact]
    public async Task A_failing_upgrade_leaves_the_older_format()
    {
        using TestDatabase test = new();
        await FillAsync(test, 10);
        await test.RunAsync(c => DatabaseFile.SetFormat(c, DatabaseFile.Format - 1));
        DatabaseOptions failing = test.Options with
        {
            Upgrades =
            [
                new FormatUpgrade(DatabaseFile.Format - 1, c =>
                {
                    c.Execute("DELETE FROM t");
                    throw new InvalidOperationException();
                }),
            ],
        };
        test.Close();

        Assert.Throws<InvalidOperationException>(() => Database.Open(failing));

        test.Options = failing with { Upgrades = [new FormatUpgrade(DatabaseFile.Format - 1, _ => { })] };
        test.Reopen();
        Assert.Equal(10, test.Count());
    }

    private static Task FillAsync(TestDatabase test, int count) => test.RunAsync(c =>
    {
        for (int i = 1; i <= count; i++)
        {
            TestDatabase.Insert(c, i, new string('x', 1_000));
        }
    });

    private sealed class Progress(Action<double>? onReport = null) : IProgress<double>
    {
        public double Last { get; private set; }

        public bool IsRising { get; private set; } = true;

        public void Report(double value)
        {
            IsRising &= value >= Last;
            Last = value;
            onReport?.Invoke(value);
        }
    }
}
