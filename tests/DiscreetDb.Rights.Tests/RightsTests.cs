using DiscreetDb.RightsTests.Comparing;
using DiscreetDb.RightsTests.Histories;
using DiscreetDb.TestKit;
using Xunit.Abstractions;

namespace DiscreetDb.RightsTests;

public sealed class RightsTests(ITestOutputHelper output)
{
    private const int HistoryCount = 5_000;

    [Fact]
    public void The_engine_resolves_rights_as_the_design_page_defines_them()
    {
        int first = SeededRandom.ChooseSeed() % 1_000_000_000;
        output.WriteLine($"seeds {first} to {first + HistoryCount - 1}");
        for (int seed = first; seed < first + HistoryCount; seed++)
        {
            string? difference = Comparison.Difference(HistoryGenerator.Generate(seed));

            Assert.True(difference is null, difference);
        }
    }
}
