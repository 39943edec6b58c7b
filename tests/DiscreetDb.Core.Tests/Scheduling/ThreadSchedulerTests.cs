namespace DiscreetDb.Core.Tests.Scheduling;

public sealed class ThreadSchedulerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Work_runs_elsewhere_and_its_result_comes_back()
    {
        using var scheduler = new ThreadScheduler(FailOnFailure);

        (int Answer, bool IsPool) result = await scheduler.RunAsync(() => (42, Thread.CurrentThread.IsThreadPoolThread), CancellationToken.None);

        Assert.Equal((42, true), result);
    }

    [Fact]
    public async Task What_work_throws_reaches_its_caller_only()
    {
        using var scheduler = new ThreadScheduler(FailOnFailure, 1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => scheduler.RunAsync<int>(() => throw new InvalidOperationException(), CancellationToken.None));

        Assert.Equal(1, await scheduler.RunAsync(() => 1, CancellationToken.None));
    }

    [Fact]
    public async Task No_more_pieces_run_at_a_time_than_allowed()
    {
        using var scheduler = new ThreadScheduler(FailOnFailure, 2);
        int running = 0;
        int most = 0;
        using var gate = new ManualResetEventSlim();
        using var bothStarted = new CountdownEvent(2);

        Task<int>[] tasks = [.. Enumerable.Range(0, 20).Select(i => scheduler.RunAsync(
            () =>
            {
                int now = Interlocked.Increment(ref running);
                InterlockedMax(ref most, now);
                if (!bothStarted.IsSet)
                {
                    bothStarted.Signal();
                }

                Assert.True(gate.Wait(Patience));
                Interlocked.Decrement(ref running);
                return i;
            },
            CancellationToken.None))];

        Assert.True(bothStarted.Wait(Patience));
        gate.Set();
        Assert.Equal(Enumerable.Range(0, 20), await Task.WhenAll(tasks));
        Assert.Equal(2, most);
    }

    [Fact]
    public async Task Work_cancelled_while_it_waits_never_runs_and_leaves_no_slot_taken()
    {
        using var scheduler = new ThreadScheduler(FailOnFailure, 1);
        using var gate = new ManualResetEventSlim();
        using var source = new CancellationTokenSource();
        bool hasRun = false;
        Task<bool> blocking = scheduler.RunAsync(() => gate.Wait(Patience), CancellationToken.None);
        Task<bool> waiting = scheduler.RunAsync(() => hasRun = true, source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Set();

        Assert.True(await blocking);
        Assert.False(hasRun);
        Assert.Equal(3, await scheduler.RunAsync(() => 3, CancellationToken.None));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scheduler.RunAsync(() => 1, source.Token));
    }

    [Fact]
    public void A_loop_drains_once_for_many_signals_and_never_twice_at_a_time()
    {
        using var scheduler = new ThreadScheduler(FailOnFailure);
        int drains = 0;
        int inside = 0;
        bool overlapped = false;
        using var firstEntered = new ManualResetEventSlim();
        using var gate = new ManualResetEventSlim();
        IWorkLoop loop = scheduler.CreateLoop("test", () =>
        {
            overlapped |= Interlocked.Increment(ref inside) != 1;
            drains++;
            firstEntered.Set();
            Assert.True(gate.Wait(Patience));
            Interlocked.Decrement(ref inside);
        });

        loop.Signal();
        Assert.True(firstEntered.Wait(Patience));
        for (int i = 0; i < 100; i++)
        {
            loop.Signal();
        }

        gate.Set();
        loop.Dispose();

        Assert.False(overlapped);
        Assert.Equal(2, drains);
    }

    [Fact]
    public void A_signal_given_before_the_end_is_still_drained_and_one_after_it_is_harmless()
    {
        using var scheduler = new ThreadScheduler(FailOnFailure);
        for (int round = 0; round < 200; round++)
        {
            int drains = 0;
            IWorkLoop loop = scheduler.CreateLoop("test", () => drains++);
            loop.Signal();
            loop.Dispose();
            Assert.Equal(1, drains);
            loop.Signal();
            loop.Dispose();
        }
    }

    [Fact]
    public void A_drain_that_throws_is_reported_and_the_loop_goes_on()
    {
        List<string> failures = [];
        using var reported = new SemaphoreSlim(0);
        using var scheduler = new ThreadScheduler((name, failure) =>
        {
            failures.Add($"{name}: {failure.Message}");
            reported.Release();
        });
        int drains = 0;
        IWorkLoop loop = scheduler.CreateLoop("writer", () => throw new InvalidOperationException($"drain {++drains}"));

        loop.Signal();
        Assert.True(reported.Wait(Patience));
        loop.Signal();
        Assert.True(reported.Wait(Patience));
        loop.Dispose();

        Assert.Equal(["writer: drain 1", "writer: drain 2"], failures);
    }

    [Fact]
    public void A_loop_may_end_itself()
    {
        using var scheduler = new ThreadScheduler(FailOnFailure);
        using var ended = new ManualResetEventSlim();
        IWorkLoop? loop = null;
        loop = scheduler.CreateLoop("test", () =>
        {
            loop?.Dispose();
            ended.Set();
        });

        loop.Signal();

        Assert.True(ended.Wait(Patience));
    }

    private static void FailOnFailure(string name, Exception failure) => Assert.Fail($"{name}: {failure}");

    private static void InterlockedMax(ref int most, int value)
    {
        int seen = Volatile.Read(ref most);
        while (value > seen && Interlocked.CompareExchange(ref most, value, seen) != seen)
        {
            seen = Volatile.Read(ref most);
        }
    }
}
