using DiscreetDb.TestKit;
using Xunit.Abstractions;

namespace DiscreetDb.Differential;

public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int SessionCount = 40;

    [Fact]
    public async Task Generated_databases_answer_like_the_naive_model()
    {
        int first = SeededRandom.ChooseSeed() % 1_000_000;
        int queries = 0;
        List<string> failures = [];
        for (int seed = first; seed < first + SessionCount; seed++)
        {
            await using var session = new Session(seed);
            try
            {
                await session.RunAsync();
            }
            catch (SessionFailure e)
            {
                failures.Add(e.Message);
            }

            queries += session.QueryCount;
        }

        output.WriteLine($"{queries} queries, seeds {first} to {first + SessionCount - 1}");
        Assert.True(failures.Count == 0, $"{failures.Count} of {SessionCount} sessions failed, the first:\n{failures.FirstOrDefault()}");
    }
}
