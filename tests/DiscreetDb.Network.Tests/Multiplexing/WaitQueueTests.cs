namespace DiscreetDb.Network.Tests.Multiplexing;

public sealed class WaitQueueTests
{
    [Fact]
    public async Task An_item_reaches_whoever_waits_though_another_gave_up_at_the_same_moment()
    {
        for (int i = 0; i < 500; i++)
        {
            var queue = new WaitQueue<string>(PoolWakes.Instance);
            using var cancellation = new CancellationTokenSource();
            Task<string?> first = queue.DequeueAsync(cancellation.Token).AsTask();
            Task<string?> second = queue.DequeueAsync(CancellationToken.None).AsTask();

            await Task.WhenAll(Task.Run(cancellation.Cancel), Task.Run(() => queue.TryEnqueue("item")));
            if (await Task.WhenAny(first, second) == first && first.IsCompletedSuccessfully)
            {
                Assert.True(queue.TryEnqueue("item"));
            }

            Assert.Equal("item", await second);
        }
    }

    [Fact]
    public async Task A_complete_queue_gives_what_it_has_and_then_nothing()
    {
        var queue = new WaitQueue<string>(PoolWakes.Instance);
        queue.TryEnqueue("left");

        Assert.Empty(queue.Complete(keepsItems: true));

        Assert.False(queue.TryEnqueue("late"));
        Assert.Equal("left", await queue.DequeueAsync(CancellationToken.None));
        Assert.Null(await queue.DequeueAsync(CancellationToken.None));
    }
}
