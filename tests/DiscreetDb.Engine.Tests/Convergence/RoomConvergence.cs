using System.Text;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.Log;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Convergence;

/// <summary>Delivers one history to several peers in different ways and compares what they end with.</summary>
internal static class RoomConvergence
{
    private const int MaxPassCount = 12;

    /// <summary>How two peers differ, as text; null if they do not.</summary>
    public static string? Difference(int seed)
    {
        SharedHistory history = SharedHistory.Generate(seed);
        SeededRandom random = new(seed);
        string? expected = null;
        for (int peer = 0; peer < 3; peer++)
        {
            using LogPeer device = new("somebody", device: 3);
            device.Clock.Advance(TimeSpan.FromDays(365 * 10));
            int passes = 0;
            string dump = "";
            for (bool isStable = false; !isStable && passes < MaxPassCount; passes++)
            {
                string before = dump;
                Deliver(device, peer == 0 ? history.Commits : Order(history, random), peer == 0 ? null : random);
                dump = Shared(device);
                isStable = dump == before && passes > 0;
            }

            if (passes == MaxPassCount)
            {
                return $"seed {seed}: peer {peer} did not come to rest";
            }

            if (seed % 4 == 0 && device.Audit() is { Count: > 0 } findings)
            {
                return $"seed {seed}: peer {peer}: {string.Join("; ", findings.Select(finding => finding.What))}";
            }

            device.Rebuild();
            if (Shared(device) != dump)
            {
                return $"seed {seed}: peer {peer} differs from its own rebuild\n{Lines(dump, Shared(device))}";
            }

            expected ??= dump;
            if (expected != dump)
            {
                return $"seed {seed}: peer {peer} differs from the first\n{Lines(expected, dump)}";
            }
        }

        return null;
    }

    private static void Deliver(LogPeer device, IReadOnlyList<SentCommit> commits, SeededRandom? random)
    {
        for (int next = 0; next < commits.Count;)
        {
            int count = random is null ? 1 : Math.Min(random.Pick([1, 1, 3, 20]), commits.Count - next);
            IncomingCommit[] batch = [.. commits.Skip(next).Take(count).Select(commit => commit.Incoming)];
            device.Write(transaction => device.Log.Intake.Apply(transaction, batch));
            next += count;
            if (random?.Chance(3) == true)
            {
                device.Reopen();
            }
        }
    }

    // Lost, repeated, out of order; every other time each log in its own order.
    private static List<SentCommit> Order(SharedHistory history, SeededRandom random)
    {
        List<SentCommit> commits = [.. history.Commits];
        if (random.Chance(50))
        {
            commits = random.Some(commits, commits.Count);
        }

        commits.AddRange(random.Some(commits, commits.Count / 5));
        return [.. commits.Where(_ => !random.Chance(10)), .. random.Some(commits, commits.Count / 4), .. random.Chance(50) ? commits : random.Some(commits, commits.Count)];
    }

    // What is of this device only is left out: local rows, and what was refused.
    private static string Shared(LogPeer device)
    {
        StringBuilder text = new();
        bool isShared = false;
        foreach (string line in device.Dump().Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                isShared = !line.StartsWith("# sys.", StringComparison.Ordinal);
            }

            if (isShared)
            {
                text.Append(line).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Lines(string left, string right)
    {
        string[] lefts = left.Split('\n');
        string[] rights = right.Split('\n');
        return string.Join('\n', lefts.Except(rights).Select(line => $"- {line}").Concat(rights.Except(lefts).Select(line => $"+ {line}")));
    }
}
