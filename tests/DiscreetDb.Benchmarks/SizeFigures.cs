using System.Diagnostics;
using System.Globalization;

namespace DiscreetDb.Benchmarks;

/// <summary>Time and memory of opening, bytes on disk, and whether a row costs more in a large database.</summary>
internal sealed class SizeFigures(BenchOptions options)
{
    public static readonly string[] GrowingNames = ["open_1e5", "open_1e6", "insert_growth", "memory", "memory_count"];

    /// <summary>Rows whose insertion is timed at each size, in so many turns.</summary>
    private const int Probe = 4_000;

    private const int ProbeCount = 7;

    private static readonly double ReaderCacheMB = new PageCacheOptions().ReaderSizeBytes / 1e6;

    public IEnumerable<Figure> All()
    {
        yield return new("disk_bytes", "bytes/row", "≤ 450 in bulk commits", () => BytesPerRow("bench.Plain", isBulk: true), null, (value, _) => value <= 450);
        yield return new("disk_bytes_fts", "bytes/row", "≤ 830 in bulk commits", () => BytesPerRow("bench.Searched", isBulk: true), null, (value, _) => value <= 830);
        yield return new("disk_bytes_single", "bytes/row", "≤ 600 in one-row commits", () => BytesPerRow("bench.Plain", isBulk: false), null, (value, _) => value <= 600);
        yield return new(
            "disk_bytes_fts_single", "bytes/row", "≤ 980 in one-row commits", () => BytesPerRow("bench.Searched", isBulk: false), null, (value, _) => value <= 980);
    }

    /// <summary>Figures of a database that grows; filled once, because that takes longest of all.</summary>
    public IEnumerable<FigureResult> Growing()
    {
        using var small = new EngineSide(Durability.Normal);
        using var engine = new EngineSide(Durability.Normal);
        var workload = new Workload(17);
        small.Bulk("bench.Plain", options.SmallCount, workload);
        engine.Bulk("bench.Plain", options.MiddleCount, workload);
        yield return Opening(engine, "open_1e5", 30);
        if (!options.Quick)
        {
            engine.Bulk("bench.Plain", options.LargeCount - options.MiddleCount, workload);
            yield return Opening(engine, "open_1e6", 60);
        }

        string sizes = options.Quick ? "10^5" : "10^6";
        yield return Once(
            "insert_growth", "×", $"a row at {sizes} costs at most 1.2 × one at 10^4", Growth(small, engine, workload), (value, _) => value <= 1.2);
        engine.Close();
        (double opened, double counted) = MemoryOfAProcess(engine.Folder);
        yield return Once("memory", "MB", "< 60 MB, opened and the newest 100 read", opened, (value, _) => value < 60);
        yield return Once("memory_count", "MB", "< 60 MB and a reader's cache, every row counted", counted, (value, _) => value < 60 + ReaderCacheMB);
    }

    /// <summary>What the process that opens the database for <see cref="MemoryOfAProcess" /> does: tell its memory after reading a page, and everything.</summary>
    public static void TellMemory(string folder)
    {
        using Discreet app = BenchModel.OpenAsync(folder, Durability.Normal).GetAwaiter().GetResult();
        app.Query("query { r: bench.Plain(order_by(mdate desc, id desc), first 100) { id text } }");
        TellWorkingSet();
        app.Query("query { n: bench.Plain { n: count() } }");
        TellWorkingSet();
    }

    private static void TellWorkingSet()
    {
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine((self.WorkingSet64 / 1e6).ToString("F1", CultureInfo.InvariantCulture));
    }

    private static (double Opened, double Counted) MemoryOfAProcess(string folder)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "DiscreetDb.Benchmarks.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, "--tell-memory", folder]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double[] numbers = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        return (numbers[0], numbers[1]);
    }

    /// <summary>Both databases take turns; the first turn of each warms it.</summary>
    private static double Growth(EngineSide small, EngineSide large, Workload workload)
    {
        List<double> smallCosts = [];
        List<double> largeCosts = [];
        for (int turn = 0; turn <= ProbeCount; turn++)
        {
            double smallCost = Cost(small, workload);
            double largeCost = Cost(large, workload);
            if (turn > 0)
            {
                smallCosts.Add(smallCost);
                largeCosts.Add(largeCost);
            }
        }

        return Timing.Median(largeCosts) / Timing.Median(smallCosts);
    }

    private static double Cost(EngineSide engine, Workload workload) => 1 / Timing.Rate(Probe, () => engine.Bulk("bench.Plain", Probe, workload));

    /// <summary>The first opening warms the process, the median of the following counts.</summary>
    private static FigureResult Opening(EngineSide engine, string name, double mostMs)
    {
        engine.Reopen();
        double[] times = new double[5];
        for (int i = 0; i < times.Length; i++)
        {
            engine.Close();
            times[i] = Timing.MedianMs(1, _ => engine.Reopen());
        }

        return Once(name, "ms", $"≤ {mostMs} ms", Timing.Median(times), (value, _) => value <= mostMs);
    }

    private double BytesPerRow(string entity, bool isBulk)
    {
        int count = options.Quick ? 10_000 : 50_000;
        using var engine = new EngineSide(Durability.Normal);
        engine.Reopen();
        engine.Close();
        long empty = engine.SizeOnDisk();
        engine.Reopen();
        if (isBulk)
        {
            engine.Bulk(entity, count, new Workload(19));
        }
        else
        {
            engine.Stream(entity, count, new Workload(19));
        }

        if (entity == "bench.Searched")
        {
            // The index follows behind the writes; a search waits until it has.
            engine.App.Query("query { bench.Searched(search(\"zzz\"), first 1) { id } }");
        }

        engine.Close();
        return (engine.SizeOnDisk() - empty) / (double)count;
    }

    private static FigureResult Once(string name, string unit, string goal, double value, Func<double, double?, bool> isReached) =>
        new(new Figure(name, unit, goal, () => value, null, isReached), value, null);
}
