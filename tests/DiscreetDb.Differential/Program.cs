using System.Globalization;
using DiscreetDb.Differential;

// The same sessions as the test, as many as one likes: --seed N runs one, --seeds N runs N from --from N on, --trace prints
// the documents on the way.
int? One(string name) =>
    Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? int.Parse(args[i + 1], CultureInfo.InvariantCulture) : null;

int first = One("--seed") ?? One("--from") ?? Random.Shared.Next(1_000_000);
int count = One("--seed") is not null ? 1 : One("--seeds") ?? 100;
int most = One("--failures") ?? 10;
int failed = 0;
int queries = 0;
int documents = 0;
for (int seed = first; seed < first + count && failed < most; seed++)
{
    await using var session = new Session(seed, args.Contains("--trace") ? Console.Out : null);
    try
    {
        await session.RunAsync();
    }
    catch (SessionFailure e)
    {
        failed++;
        Console.WriteLine($"FAILED {e.Message}\n");
    }

    queries += session.QueryCount;
    documents += session.DocumentCount;
}

Console.WriteLine($"{queries} queries, {documents} documents, from seed {first}");
Console.WriteLine($"{count - failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
