using System.Globalization;
using DiscreetDb.TestKit;
using Xunit.Abstractions;

namespace DiscreetDb.EngineTests.Convergence;

/// <summary>
/// The same commits, rights and data, of honest and dishonest devices, in whatever order, with losses, repetitions and restarts:
/// every peer ends with the same tables, which are those projected from scratch (I6, I7). More histories with
/// <c>DISCREET_HISTORIES=10000</c>.
/// </summary>
public sealed class RoomConvergenceTests(ITestOutputHelper output)
{
    private const int GroupCount = 25;
    private const int PartCount = 4;

    private static readonly int HistoryCount =
        int.TryParse(Environment.GetEnvironmentVariable("DISCREET_HISTORIES"), NumberStyles.Integer, CultureInfo.InvariantCulture, out int count) ? count : 1_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Peers_that_received_the_same_commits_show_the_same(int part)
    {
        int first = (SeededRandom.ChooseSeed() % 1_000_000_000) + (part * HistoryCount);
        output.WriteLine($"seeds {first} to {first + (HistoryCount / PartCount) - 1}");
        for (int done = 0; done < HistoryCount / PartCount; done += GroupCount)
        {
            string? difference = RoomConvergence.Difference(first + done, GroupCount);

            Assert.True(difference is null, difference);
        }
    }
}
