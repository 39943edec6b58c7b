using DiscreetDb.TestKit;
using Xunit.Abstractions;

namespace DiscreetDb.Crash;

[Trait("Category", "Slow")]
public sealed class CrashTests(ITestOutputHelper output)
{
    private const int CycleCount = 50;

    [Fact]
    public async Task Killed_processes_lose_nothing_acknowledged_and_leave_no_half_document()
    {
        using var log = new StringWriter();

        string? failure = await CrashRun.RunAsync(CycleCount, SeededRandom.ChooseSeed(), log);

        output.WriteLine(log.ToString());
        Assert.Null(failure);
    }
}
