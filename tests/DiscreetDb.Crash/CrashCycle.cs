using System.Diagnostics;
using System.Text.Json;
using DiscreetDb.TestKit;

namespace DiscreetDb.Crash;

/// <summary>Starts the writing process, kills it, and looks at what it left.</summary>
internal sealed class CrashCycle(string folder, Acknowledged acknowledged, SeededRandom random)
{
    private const int MostLines = 80;
    private const int MostMicroseconds = 3_000;

    /// <summary>Null when everything acknowledged is there and nothing by half; else what is wrong.</summary>
    public async Task<string?> RunAsync()
    {
        string errors = KillAtRandom();
        if (errors.Length > 0)
        {
            return $"the writing process failed by itself: {errors}";
        }

        await using Discreet database = await CrashDatabase.OpenAsync(folder);
        return await FindLossAsync(database) ?? await FindDamageAsync(database);
    }

    private string KillAtRandom()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "DiscreetDb.Crash.dll");
        var start = new ProcessStartInfo("dotnet", ["exec", program, "write", folder]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("No process was started.");
        Task<string> errors = process.StandardError.ReadToEndAsync();

        // Every tenth process dies while it opens the database, the others after some acknowledged documents.
        int lines = random.Chance(10) ? 1 : random.Between(1, MostLines);
        while (lines-- > 0 && process.StandardOutput.ReadLine() is { } line)
        {
            acknowledged.Take(line);
        }

        Spin(random.Below(MostMicroseconds));
        process.Kill();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            acknowledged.Take(line);
        }

        process.WaitForExit();
        return errors.GetAwaiter().GetResult();
    }

    private async Task<string?> FindLossAsync(Discreet database)
    {
        QueryResult result = await database.QueryAsync(
            "query { c: work.Counter { worker last } b: work.Batch { worker sequence parts { index } } e: work.Extra { worker sequence } }");
        JsonElement found = JsonDocument.Parse(result.Utf8).RootElement;
        for (int worker = 0; worker < Worker.Count; worker++)
        {
            if (FindLoss(worker, found) is { } loss)
            {
                return $"worker {worker}, acknowledged up to {acknowledged.Last[worker]}: {loss}";
            }
        }

        int deletedYetThere = Rows(found, "e").Count(e => acknowledged.Deleted.Contains((Int(e, "worker"), Long(e, "sequence"))));
        return deletedYetThere == 0 ? null : $"{deletedYetThere} rows are there although their deletion was acknowledged";
    }

    private string? FindLoss(int worker, JsonElement found)
    {
        long last = Rows(found, "c").Where(c => Int(c, "worker") == worker).Select(c => Long(c, "last")).SingleOrDefault();
        if (last < acknowledged.Last[worker] || last > acknowledged.Last[worker] + 1)
        {
            return $"the counter shows {last}";
        }

        // What was written but not yet acknowledged counts from now on: the next process continues behind it.
        acknowledged.Last[worker] = last;
        JsonElement[] batches = [.. Rows(found, "b").Where(b => Int(b, "worker") == worker)];
        if (!batches.Select(b => Long(b, "sequence")).Order().SequenceEqual(Enumerable.Range(1, (int)last).Select(i => (long)i)))
        {
            return $"the counter shows {last}, but {batches.Length} batches are there";
        }

        JsonElement? half = batches
            .Where(b => b.GetProperty("parts").GetArrayLength() != Worker.PartCountOf(Long(b, "sequence")))
            .Select(b => (JsonElement?)b)
            .FirstOrDefault();
        return half is null ? null : $"half a document is there: {half.Value.GetRawText()}";
    }

    private static async Task<string?> FindDamageAsync(Discreet database)
    {
        VerificationReport report = await database.VerifyAsync();
        return report.Findings.Count == 0 ? null : $"verification found: {string.Join("; ", report.Findings)}";
    }

    private static void Spin(int microseconds)
    {
        long end = Stopwatch.GetTimestamp() + (microseconds * Stopwatch.Frequency / 1_000_000);
        SpinWait.SpinUntil(() => Stopwatch.GetTimestamp() >= end);
    }

    private static JsonElement.ArrayEnumerator Rows(JsonElement json, string key) => json.GetProperty(key).EnumerateArray();

    private static int Int(JsonElement row, string member) => row.GetProperty(member).GetInt32();

    private static long Long(JsonElement row, string member) => row.GetProperty(member).GetInt64();
}
