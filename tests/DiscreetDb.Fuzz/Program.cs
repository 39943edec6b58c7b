using System.Diagnostics;
using System.Globalization;
using DiscreetDb.Fuzz;

// --minutes N runs every target in turn until the time is over; --target NAME only that one; --seed N repeats a run.
string? Text(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

double minutes = double.Parse(Text("--minutes") ?? "1", CultureInfo.InvariantCulture);
string[] names = [.. FuzzTargets.Names.Where(n => (Text("--target") ?? n) == n)];
int seed = Text("--seed") is { } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
int failed = 0;
foreach (string name in names)
{
    await using FuzzTarget target = FuzzTargets.Create(name);
    var fuzzer = new Fuzzer(target, seed);
    long start = Stopwatch.GetTimestamp();
    TimeSpan share = TimeSpan.FromMinutes(minutes / names.Length);
    long runs = 0;
    string? failure = fuzzer.RunCorpus() ?? fuzzer.Run(long.MaxValue, () => ++runs % 64 == 0 && Stopwatch.GetElapsedTime(start) > share);
    Console.WriteLine(failure is null ? $"{name}: {runs} runs, seed {seed}" : $"FAILED {failure}");
    failed += failure is null ? 0 : 1;
}

Console.WriteLine($"{names.Length - failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
