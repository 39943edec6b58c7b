using System.Text;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.Log;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Convergence;

/// <summary>
/// Delivers histories, each of a room of its own, to several peers in different ways and compares what they end with. Many at
/// once, because a database costs more than what is delivered to it.
/// </summary>
internal static class RoomConvergence
{
    private const int MaxPassCount = 20;
    private const int PeerCount = 3;

    /// <summary>How two peers differ, as text; null if they do not.</summary>
    public static string? Difference(int firstSeed, int count)
    {
        string? difference = DifferenceOf(firstSeed, count);
        if (difference is null || count == 1)
        {
            return difference;
        }

        return Enumerable.Range(firstSeed, count).Select(seed => DifferenceOf(seed, 1)).FirstOrDefault(one => one is not null) ?? difference;
    }

    private static string? DifferenceOf(int firstSeed, int count)
    {
        string name = $"seeds {firstSeed} to {firstSeed + count - 1}";
        List<SentCommit> commits = [.. Enumerable.Range(firstSeed, count).SelectMany(seed => SharedHistory.Generate(seed).Commits)];
        SeededRandom random = new(firstSeed);
        string? expected = null;
        for (int number = 0; number < PeerCount; number++)
        {
            using LogPeer peer = new("somebody", device: 3);
            peer.Clock.Advance(TimeSpan.FromDays(365 * 10));
            if (!ComesToRest(peer, commits, number == 0 ? null : random))
            {
                return $"{name}: peer {number} did not come to rest";
            }

            string dump = Shared(peer);
            expected ??= dump;
            if (expected != dump)
            {
                return $"{name}: peer {number} differs from the first\n{Lines(expected, dump)}";
            }

            if (number == 1 && (peer.Audit() is { Count: > 0 } findings))
            {
                return $"{name}: {string.Join("; ", findings.Select(finding => finding.What))}";
            }

            if (number == 2)
            {
                peer.Rebuild();
                if (Shared(peer) != dump)
                {
                    return $"{name}: differs from what is projected from scratch\n{Lines(dump, Shared(peer))}";
                }
            }
        }

        return null;
    }

    // Again and again, as synchronisation does: what was lost, refused for now or dropped comes again.
    private static bool ComesToRest(LogPeer peer, IReadOnlyList<SentCommit> commits, SeededRandom? random)
    {
        for (int pass = 0; pass < MaxPassCount; pass++)
        {
            string forks = Forks(peer);
            bool isChanged = false;
            foreach (IncomingCommit[] batch in Batches(pass == 0 && random is not null ? Lossy(commits, random) : Order(commits, random), random))
            {
                IReadOnlyList<ApplyOutcome> outcomes = peer.Write(transaction => peer.Log.Intake.Apply(transaction, batch));
                isChanged |= outcomes.Any(outcome => outcome.State is ApplyState.Applied or ApplyState.Void);
                if (random?.Chance(1) == true)
                {
                    peer.Reopen();
                }
            }

            // A pass that loses nothing and changes nothing.
            if (pass > 0 && !isChanged && forks == Forks(peer))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<IncomingCommit[]> Batches(IReadOnlyList<SentCommit> commits, SeededRandom? random)
    {
        for (int next = 0; next < commits.Count;)
        {
            int count = Math.Min(random?.Pick([1, 3, 20, 100]) ?? 1, commits.Count - next);
            yield return [.. commits.Skip(next).Take(count).Select(commit => commit.Incoming)];
            next += count;
        }
    }

    private static IReadOnlyList<SentCommit> Order(IReadOnlyList<SentCommit> commits, SeededRandom? random) =>
        random is null || random.Chance(30) ? commits : random.Some(commits, commits.Count);

    // Some twice, some not at all.
    private static List<SentCommit> Lossy(IReadOnlyList<SentCommit> commits, SeededRandom random) =>
        [.. Order([.. commits, .. random.Some(commits, commits.Count / 5)], random).Where(_ => !random.Chance(10))];

    private static string Forks(LogPeer peer) =>
        $"{peer.Connection.ReadInt64("SELECT count(*) FROM \"$fork\"")} {peer.Connection.ReadInt64("SELECT coalesce(sum(seq), 0) FROM \"$fork\"")} {peer.Connection.ReadInt64("SELECT count(*) FROM \"$branch\"")}";

    // What is of this device only is left out: local rows, and what was refused.
    private static string Shared(LogPeer peer)
    {
        StringBuilder text = new();
        bool isShared = false;
        foreach (string line in peer.Dump().Split('\n'))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                isShared = line is "# sys.Room" or "# sys.Authorisation" or "# sys.UserAuth" or "# sys.EntityRight" || !line.StartsWith("# sys.", StringComparison.Ordinal);
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
