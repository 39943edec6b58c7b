using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Log;

/// <summary>Orders in which commits may reach a device.</summary>
internal static class Delivery
{
    /// <summary>The commits of several logs, interleaved at random, each log in its own order.</summary>
    public static IEnumerable<SentCommit> Interleave(IEnumerable<IReadOnlyList<SentCommit>> logs, SeededRandom random)
    {
        List<Queue<SentCommit>> queues = [.. logs.Where(log => log.Count > 0).Select(log => new Queue<SentCommit>(log))];
        while (queues.Count > 0)
        {
            Queue<SentCommit> queue = random.Pick(queues);
            for (int i = random.Between(1, 5); i > 0 && queue.Count > 0; i--)
            {
                yield return queue.Dequeue();
            }

            if (queue.Count == 0)
            {
                queues.Remove(queue);
            }
        }
    }
}
