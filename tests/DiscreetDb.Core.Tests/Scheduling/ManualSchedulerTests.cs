namespace DiscreetDb.Core.Tests.Scheduling;

public sealed class ManualSchedulerTests
{
    [Fact]
    public void Nothing_runs_before_it_is_stepped()
    {
        var scheduler = new ManualScheduler();
        Task<int> task = scheduler.RunAsync(() => 7, CancellationToken.None);

        Assert.False(task.IsCompleted);
        Assert.Equal(1, scheduler.PendingCount);
        Assert.Equal(7, scheduler.RunUntilCompleted(task));
        Assert.False(scheduler.RunOne());
    }

    [Fact]
    public void Without_chance_the_order_is_that_of_asking()
    {
        Assert.Equal(Enumerable.Range(0, 20), OrderOf(new ManualScheduler()));
    }

    [Fact]
    public void A_seed_determines_the_order()
    {
        List<int> first = OrderOf(new ManualScheduler(new SeededRandomSource(1)));

        Assert.Equal(first, OrderOf(new ManualScheduler(new SeededRandomSource(1))));
        Assert.NotEqual(first, OrderOf(new ManualScheduler(new SeededRandomSource(2))));
        Assert.Equal(Enumerable.Range(0, 20), first.Order());
    }

    [Fact]
    public void Signals_before_a_drain_are_one_and_a_signal_inside_it_asks_for_another()
    {
        var scheduler = new ManualScheduler();
        int drains = 0;
        IWorkLoop? loop = null;
        loop = scheduler.CreateLoop("test", () =>
        {
            if (++drains < 3)
            {
                loop?.Signal();
            }
        });
        loop.Signal();
        loop.Signal();

        Assert.Equal(1, scheduler.PendingCount);
        Assert.Equal(3, scheduler.RunUntilIdle());
        Assert.Equal(3, drains);
    }

    [Fact]
    public void Ending_a_loop_drains_what_was_asked_for_and_nothing_later()
    {
        var scheduler = new ManualScheduler();
        int drains = 0;
        IWorkLoop loop = scheduler.CreateLoop("test", () => drains++);
        loop.Signal();
        loop.Dispose();
        loop.Signal();
        scheduler.RunUntilIdle();

        Assert.Equal(1, drains);
    }

    [Fact]
    public void Failures_and_cancellation_reach_the_task_and_the_list()
    {
        var scheduler = new ManualScheduler();
        Task<int> failing = scheduler.RunAsync<int>(() => throw new InvalidOperationException("a"), CancellationToken.None);
        Task<int> cancelled = scheduler.RunAsync(() => 1, new CancellationToken(canceled: true));
        scheduler.CreateLoop("test", () => throw new InvalidOperationException("b")).Signal();

        scheduler.RunUntilIdle();

        Assert.True(failing.IsFaulted);
        Assert.True(cancelled.IsCanceled);
        Assert.Equal("b", Assert.Single(scheduler.LoopFailures).Message);
    }

    [Fact]
    public void Waiting_for_what_never_comes_is_an_error_not_a_hang()
    {
        var scheduler = new ManualScheduler();
        IWorkLoop? loop = null;
        loop = scheduler.CreateLoop("test", () => loop?.Signal());

        Assert.Throws<InvalidOperationException>(() => scheduler.RunUntilCompleted(new TaskCompletionSource<int>().Task));
        loop.Signal();
        Assert.Throws<InvalidOperationException>(() => scheduler.RunUntilIdle(100));
    }

    private static List<int> OrderOf(ManualScheduler scheduler)
    {
        List<int> order = [];
        for (int i = 0; i < 20; i++)
        {
            int number = i;
            _ = scheduler.RunAsync(
                () =>
                {
                    order.Add(number);
                    return number;
                },
                CancellationToken.None);
        }

        scheduler.RunUntilIdle();
        return order;
    }
}
