using System.Globalization;
using DiscreetDb;
using DiscreetDb.Crash;

// `write FOLDER` is the process that is killed; without arguments, or with --cycles and --seed, this is the one that kills.
if (args is ["write", var folder])
{
    Console.WriteLine("opening");
    await using Discreet database = await CrashDatabase.OpenAsync(folder);
    TextWriter output = Console.Out;
    await Task.WhenAll(Enumerable.Range(0, Worker.Count).Select(n => Task.Run(new Worker(database, n, output).RunAsync)));
    return 0;
}

int? Number(string name) =>
    Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : null;

int cycles = Number("--cycles") ?? 1_000;
int seed = Number("--seed") ?? Random.Shared.Next();
Console.WriteLine($"{cycles} cycles, seed {seed}");
string? failure = await CrashRun.RunAsync(cycles, seed, Console.Out);
Console.WriteLine(failure is null ? $"{cycles} passed, 0 failed" : $"FAILED {failure}");
return failure is null ? 0 : 1;
