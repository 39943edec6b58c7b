using System.Globalization;
using DiscreetDb.RightsTests.Comparing;
using DiscreetDb.RightsTests.Histories;

// The same histories as the test, as many as one likes, from a seed on: --histories N --seed S. Stops after --failures N.
int One(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : otherwise;

int count = One("--histories", 100_000);
int first = One("--seed", Random.Shared.Next(1_000_000_000));
int most = One("--failures", 10);
int failed = 0;
int done = 0;
for (; done < count && failed < most; done++)
{
    if (Comparison.Difference(HistoryGenerator.Generate(first + done)) is { } difference)
    {
        failed++;
        Console.WriteLine($"FAILED {difference}");
    }
}

Console.WriteLine($"{done} histories from seed {first}");
Console.WriteLine($"{done - failed} passed, {failed} failed, {count - done} skipped");
return failed == 0 ? 0 : 1;
