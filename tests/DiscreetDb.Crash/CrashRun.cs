using DiscreetDb.TestKit;

namespace DiscreetDb.Crash;

/// <summary>Many cycles; the database lives over several of them, so that one crash follows the other.</summary>
internal static class CrashRun
{
    private const int CyclesPerDatabase = 25;

    /// <summary>Null when every cycle was survived; else the seed, the cycle and what is wrong.</summary>
    public static async Task<string?> RunAsync(int cycles, int seed, TextWriter output)
    {
        var random = new SeededRandom(seed);
        int lines = 0;
        for (int begun = 0; begun < cycles; begun += CyclesPerDatabase)
        {
            using var folder = new TempFolder();
            var acknowledged = new Acknowledged();
            for (int cycle = begun; cycle < Math.Min(begun + CyclesPerDatabase, cycles); cycle++)
            {
                if (await new CrashCycle(folder.Path, acknowledged, random).RunAsync() is { } failure)
                {
                    return $"seed {seed}, cycle {cycle}: {failure}";
                }
            }

            lines += acknowledged.LineCount;
            output.WriteLine($"{Math.Min(begun + CyclesPerDatabase, cycles)} of {cycles} cycles, {lines} acknowledgements, nothing lost");
        }

        return null;
    }
}
