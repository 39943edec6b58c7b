using DiscreetDb.TestKit;

namespace DiscreetDb.Fuzz;

public sealed class FuzzTests
{
    private const int RunCount = 4_000;

    public static TheoryData<string> Targets => [.. FuzzTargets.Names];

    [Theory]
    [MemberData(nameof(Targets))]
    public async Task Random_and_damaged_input_is_taken_or_refused(string name)
    {
        await using FuzzTarget target = FuzzTargets.Create(name);
        var fuzzer = new Fuzzer(target, SeededRandom.ChooseSeed());

        string? failure = fuzzer.RunCorpus() ?? fuzzer.Run((long)(RunCount * target.Dose));

        Assert.True(failure is null, failure);
    }
}
