using DiscreetDb.Core;
using DiscreetDb.TestKit;

namespace DiscreetDb.RightsTests.Histories;

/// <summary>Makes up the data logs of devices: short, so that cut-offs, pins and forks meet; some devices sign one sequence twice.</summary>
internal sealed class DataLogGenerator(SeededRandom random, IEnumerable<HistoryUser> users)
{
    private const int MaxSequence = 7;

    private readonly List<DataCommit> _commits = [];

    public IReadOnlyList<DataCommit> Generate()
    {
        foreach (HistoryUser user in users)
        {
            foreach (Uid device in user.Devices)
            {
                Generate(user, device);
            }
        }

        return _commits;
    }

    private void Generate(HistoryUser user, Uid device)
    {
        int forks = random.Pick([0, 0, 15, 40]);
        List<DataCommit?> known = [null];
        for (int count = random.Between(0, 10); count > 0; count--)
        {
            DataCommit? previous = random.Chance(forks) ? random.Pick(known) : known[^1];
            if (previous?.Sequence == MaxSequence)
            {
                continue;
            }

            DataCommit next = new(user, device, (previous?.Sequence ?? 0) + 1, new Hash256(random.Bytes(Hash256.SizeBytes)), previous?.Id ?? default);
            known.Add(next);
            _commits.Add(next);
        }
    }
}
