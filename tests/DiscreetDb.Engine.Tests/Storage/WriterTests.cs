using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Storage;

public sealed class WriterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_failing_work_among_a_thousand_fails_alone(bool inMemory)
    {
        using TestDatabase test = new(inMemory);
        using Pause pause = Pause.Of(test);
        Task[] tasks =
        [
            .. Enumerable.Range(1, 1_000).Select(i => test.RunAsync(c =>
            {
                TestDatabase.Insert(c, i, "text");
                if (i == 500)
                {
                    throw new InvalidOperationException("this one");
                }
            })),
        ];
        pause.End();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(tasks));
        Assert.Equal(999, tasks.Count(t => t.IsCompletedSuccessfully));
        Assert.Equal(999, test.Count());
        Assert.Equal(0, test.Read("SELECT count(*) FROM t WHERE id = 500"));
    }

    [Fact]
    public async Task A_failing_first_work_takes_nobody_along()
    {
        using TestDatabase test = new();
        using Pause pause = Pause.Of(test);
        Task first = test.RunAsync(c =>
        {
            TestDatabase.Insert(c, 1, "text");
            throw new InvalidOperationException();
        });
        Task second = test.InsertAsync(2);
        pause.End();

        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await second;
        Assert.Equal(1, test.Count());
    }

    [Fact]
    public async Task What_waits_is_one_durable_transaction_told_once()
    {
        using TestDatabase test = new();
        List<int> counts = [];
        test.Database.Writer.Committed = changes => counts.Add(changes.Count);
        using Pause pause = Pause.Of(test);
        Task[] tasks =
        [
            .. Enumerable.Range(1, 10).Select(i => test.RunInTransactionAsync(transaction =>
            {
                transaction.Changes.Add("T", null, default, ChangeKind.Inserted);
                if (i == 5)
                {
                    throw new InvalidOperationException();
                }
            })),
        ];
        pause.End();

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(tasks));
        await test.RunAsync(_ => { });
        Assert.Equal([9, 0], counts.Where(c => c > 0).Append(counts[^1]));
    }

    [Fact]
    public async Task When_the_commit_fails_every_work_fails_and_nothing_remains()
    {
        using TestDatabase test = new();
        List<int> undone = [];
        bool isTold = false;
        await test.Database.Writer.RunAloneAsync(
            c =>
            {
                c.Execute("PRAGMA foreign_keys = ON; CREATE TABLE child (parent INTEGER REFERENCES t DEFERRABLE INITIALLY DEFERRED)");
                return 0;
            },
            CancellationToken.None);
        test.Database.Writer.Committed = _ => isTold = true;
        using Pause pause = Pause.Of(test);
        isTold = false;
        Task[] tasks =
        [
            .. Enumerable.Range(1, 5).Select(i => test.RunInTransactionAsync(transaction =>
            {
                TestDatabase.Insert(transaction.Connection, i, "text");
                transaction.OnRollback(() => undone.Add(i));
            })),
            test.RunAsync(c => c.Execute("INSERT INTO child VALUES (77)")),
        ];
        pause.End();

        foreach (Task task in tasks)
        {
            Assert.Equal(ErrorCode.StorageFailed, (await Assert.ThrowsAsync<DiscreetException>(() => task)).Code);
        }

        Assert.Equal([5, 4, 3, 2, 1], undone);
        Assert.False(isTold);
        await test.InsertAsync(6);
        Assert.Equal(1, test.Count());
    }

    [Fact]
    public async Task A_full_disk_fails_what_cannot_be_written_and_ends_with_space()
    {
        using TestDatabase test = new();
        await test.InsertAsync(1);
        test.Run(c => c.ReadInt64($"PRAGMA max_page_count = {c.ReadInt64("PRAGMA page_count") + 2}"));
        List<int> undone = [];
        using Pause pause = Pause.Of(test);
        Task[] tasks =
        [
            .. Enumerable.Range(2, 20).Select(i => test.RunInTransactionAsync(transaction =>
            {
                transaction.OnRollback(() => undone.Add(i));
                TestDatabase.Insert(transaction.Connection, i, new string('x', 2_000));
            })),
        ];
        pause.End();

        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => Task.WhenAll(tasks));
        Assert.Equal(ErrorCode.DiskFull, failure.Code);
        Assert.True(failure.IsTransient);
        int succeeded = tasks.Count(task => task.IsCompletedSuccessfully);
        Assert.Equal(succeeded + 1, test.Count());
        Assert.Equal(20 - succeeded, undone.Count);

        test.Run(c => c.ReadInt64("PRAGMA max_page_count = 1000000"));
        await test.InsertAsync(100, new string('x', 10_000));
        Assert.Equal(succeeded + 2, test.Count());
    }

    [Fact]
    public async Task Memory_is_taken_back_newest_first_for_the_failing_work_only()
    {
        using TestDatabase test = new();
        List<string> undone = [];
        using Pause pause = Pause.Of(test);
        Task good = test.RunInTransactionAsync(transaction => transaction.OnRollback(() => undone.Add("good")));
        Task bad = test.RunInTransactionAsync(transaction =>
        {
            transaction.OnRollback(() => undone.Add("first"));
            transaction.OnRollback(() => undone.Add("second"));
            throw new InvalidOperationException();
        });
        pause.End();

        await good;
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(["second", "first"], undone);
    }

    [Fact]
    public async Task Waiting_work_can_be_cancelled_and_begun_work_cannot()
    {
        using TestDatabase test = new();
        using CancellationTokenSource cancel = new();
        using Pause pause = Pause.Of(test, token: cancel.Token);
        Task<int> waiting = test.Database.Writer.RunAsync(_ => 1, cancel.Token).AsTask();

        await cancel.CancelAsync();

        Assert.Equal(ErrorCode.Cancelled, (await Assert.ThrowsAsync<DiscreetException>(() => waiting)).Code);
        pause.End();
        await pause.Work;
        Assert.Equal(ErrorCode.Cancelled, (await Assert.ThrowsAsync<DiscreetException>(
            () => test.Database.Writer.RunAsync(_ => 1, cancel.Token).AsTask())).Code);
    }

    [Fact]
    public async Task Closing_ends_the_running_work_and_refuses_the_rest()
    {
        using TestDatabase test = new();
        Pause pause = Pause.Of(test, work: c => TestDatabase.Insert(c, 1, "running"));
        Task waiting = test.InsertAsync(2);
        Task closing = Task.Run(test.Close);
        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => waiting);

        pause.End();
        await pause.Work;
        await closing;

        Assert.Equal(ErrorCode.Closed, failure.Code);
        Assert.Equal(ErrorCode.Closed, (await Assert.ThrowsAsync<DiscreetException>(() => test.InsertAsync(3))).Code);
        test.Reopen();
        Assert.Equal(1, test.Count());
    }

    [Fact]
    public async Task More_work_than_the_queue_holds_waits_and_is_done()
    {
        using TestDatabase test = new();
        using Pause pause = Pause.Of(test);
        int count = Limits.WriterQueueLength + 100;
        Task[] tasks = [.. Enumerable.Range(1, count).Select(i => test.InsertAsync(i))];
        Assert.Equal(Limits.WriterQueueLength, test.Database.Writer.QueueLength);

        pause.End();

        await Task.WhenAll(tasks);
        Assert.Equal(count, test.Count());
    }

    [Fact]
    public async Task Work_alone_runs_in_order_and_outside_any_transaction()
    {
        using TestDatabase test = new();
        using Pause pause = Pause.Of(test);
        Task before = test.InsertAsync(1);
        Task<long> alone = test.Database.Writer.RunAloneAsync(
            c =>
            {
                Assert.False(c.IsInTransaction);
                return test.Count();
            },
            CancellationToken.None).AsTask();
        Task after = test.InsertAsync(2);
        pause.End();

        await Task.WhenAll(before, alone, after);
        Assert.Equal(1, await alone);
        Assert.Equal(2, test.Count());
    }

    [Fact]
    public async Task Work_alone_that_leaves_a_transaction_open_is_rolled_back()
    {
        using TestDatabase test = new();

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Database.Writer.RunAloneAsync<int>(
            c =>
            {
                c.Execute("BEGIN");
                TestDatabase.Insert(c, 1, "text");
                throw new InvalidOperationException();
            },
            CancellationToken.None).AsTask());

        Assert.Equal(0, test.Count());
        await test.InsertAsync(2);
    }

    [Fact]
    public async Task A_failing_listener_harms_no_write()
    {
        using TestDatabase test = new();
        test.Database.Writer.Committed = _ => throw new InvalidOperationException();

        await test.InsertAsync(1);

        Assert.Equal(1, test.Count());
    }

    [Fact]
    public async Task The_write_ahead_log_goes_into_the_file_and_begins_anew()
    {
        using TestDatabase test = new();
        for (int i = 1; i <= 40; i++)
        {
            await test.InsertAsync(i, new string('x', 2_000_000));
        }

        Assert.True(new FileInfo(test.Path).Length > 40_000_000);
        Assert.True(new FileInfo(test.Path + "-wal").Length < 30_000_000);
    }

    /// <summary>Work that holds the writer until it is told to end, so that a test can fill the queue.</summary>
    private sealed class Pause : IDisposable
    {
        private readonly ManualResetEventSlim _end = new();

        private Pause()
        {
        }

        public Task Work { get; private set; } = Task.CompletedTask;

        public static Pause Of(TestDatabase test, Action<Connection>? work = null, CancellationToken token = default)
        {
            Pause pause = new();
            TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
            pause.Work = test.Database.Writer.RunAloneAsync(
                connection =>
                {
                    begun.SetResult();
                    pause._end.Wait(CancellationToken.None);
                    work?.Invoke(connection);
                    return 0;
                },
                token).AsTask();
            begun.Task.Wait(CancellationToken.None);
            return pause;
        }

        public void End() => _end.Set();

        public void Dispose()
        {
            End();
            Work.Wait();
            _end.Dispose();
        }
    }
}
