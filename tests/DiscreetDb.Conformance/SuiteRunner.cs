using DiscreetDb.TestKit;

namespace DiscreetDb.Conformance;

/// <summary>Runs the cases of all files side by side and reports the failures in the order of the files.</summary>
internal static class SuiteRunner
{
    private static readonly TimeSpan CaseTimeout = TimeSpan.FromSeconds(60);

    public static async Task<Tally> RunAsync(IReadOnlyList<CaseFile> files, RunOptions options)
    {
        Tally tally = default;
        foreach (CaseFile file in files.Where(f => options.Suite is null || f.Suite == options.Suite))
        {
            Case[] cases = [.. file.Cases.Where(c => options.Case is null || c.Name.Contains(options.Case, StringComparison.OrdinalIgnoreCase))];
            tally += await RunFileAsync(file, cases, options);
        }

        return tally;
    }

    private static async Task<Tally> RunFileAsync(CaseFile file, Case[] cases, RunOptions options)
    {
        string?[] failures = new string?[cases.Length];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cases.Length),
            async (i, _) => failures[i] = await RunCaseAsync(cases[i], options));

        for (int i = 0; i < cases.Length; i++)
        {
            if (failures[i] is { } failure)
            {
                Console.WriteLine($"FAILED {file.FileName} | {cases[i].Name} | {failure}");
            }
        }

        int failed = failures.Count(f => f is not null);
        return new Tally(cases.Length - failed, failed, 0);
    }

    private static async Task<string?> RunCaseAsync(Case @case, RunOptions options)
    {
        // The folder outlives the database: it may only go when the file is closed.
        using TempFolder? folder = options.OnDisk || @case.Restarts ? new TempFolder() : null;
        await using var runner = new CaseRunner(@case, folder);
        try
        {
            return await Task.Run(runner.RunAsync).WaitAsync(CaseTimeout);
        }
        catch (TimeoutException)
        {
            return $"did not end within {CaseTimeout.TotalSeconds:F0} seconds";
        }
    }
}
