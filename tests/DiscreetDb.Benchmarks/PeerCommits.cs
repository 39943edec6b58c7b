using System.Diagnostics;
using System.Globalization;
using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Rooms;

namespace DiscreetDb.Benchmarks;

/// <summary>
/// What it costs to take in a peer's commits of a shared room: signatures on one and on two cores, then judging, storing and
/// projecting. In memory, so that the disk plays no part; the rows have 100 bytes and no full text.
/// </summary>
internal static class PeerCommits
{
    private const string Model = "shop { Item(no_full_text_index) { text: String } }";
    private const int TransactionCount = 1_000;

    public static void Run(int smallCount, int largeCount)
    {
        Console.WriteLine("| commits | rows each | read | signatures, 1 core | signatures, 2 cores | judge, store, project | commits/s, 1 core | rows/s, 1 core | rows/s, 2 cores |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        Measure(smallCount, 1);
        Measure(largeCount, 100);
        Rights(1_000);
        Rights(10_000);
    }

    private static void Measure(int count, int rowsEach)
    {
        using PeerRoom room = new(Model);
        List<ReadOnlyMemory<byte>> packed = room.Sign(count, rowsEach);
        GC.Collect();

        Stopwatch watch = Stopwatch.StartNew();
        IReadOnlyList<Commit> commits = CommitVerifier.ReadRun(packed, room.Start);
        double read = Lap(watch);
        Require(Verify(commits, room.Certificate, 0, 1));
        double one = Lap(watch);
        bool other = false;
        Thread second = new(() => other = Verify(commits, room.Certificate, 1, 2));
        second.Start();
        Require(Verify(commits, room.Certificate, 0, 2));
        second.Join();
        Require(other);
        double two = Lap(watch);
        foreach (Commit[] part in commits.Chunk(TransactionCount))
        {
            Require(room.Apply(part).All(outcome => outcome.IsApplied));
        }

        double apply = Lap(watch);
        double perCore = count / (read + one + apply);

        // The second core verifies what comes next while the writer works.
        double both = count / Math.Max(read + two, Math.Max(apply, (read + one + apply) / 2));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {count} | {rowsEach} | {read:F2} s | {one:F2} s | {two:F2} s | {apply:F2} s | {perCore:F0} | {perCore * rowsEach:F0} | {both * rowsEach:F0} |"));
    }

    private static void Rights(int count)
    {
        RightsCommit[] commits = RightsChain.Make(count);
        Stopwatch watch = Stopwatch.StartNew();
        RightsGraph graph = RightsGraph.Build(commits);
        double build = Lap(watch);
        DiscreetDb.Rooms.Rights rights = new(graph.Current);
        VerifyingKey user = commits[0].Author;
        rights.Can(user, RightsAction.Update, "shop.Item", user);
        const int Questions = 1_000_000;
        watch.Restart();
        for (int i = 0; i < Questions; i++)
        {
            rights.Can(user, RightsAction.Update, "shop.Item", user);
        }

        double asked = Lap(watch);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} rights commits: built and resolved in {build * 1000:F0} ms; a question that was asked before {asked / Questions * 1e9:F0} ns"));
    }

    private static bool Verify(IReadOnlyList<Commit> commits, DeviceCertificate certificate, int first, int step)
    {
        for (int i = first; i < commits.Count; i += step)
        {
            if (!CommitVerifier.HasSignature(commits[i], certificate))
            {
                return false;
            }
        }

        return true;
    }

    private static double Lap(Stopwatch watch)
    {
        double seconds = watch.Elapsed.TotalSeconds;
        watch.Restart();
        return seconds;
    }

    private static void Require(bool isSo)
    {
        if (!isSo)
        {
            throw new InvalidOperationException("A commit of the measurement was refused.");
        }
    }
}
