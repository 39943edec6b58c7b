using System.Collections.Immutable;
using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.TestKit;

namespace DiscreetDb.RightsTests.Histories;

/// <summary>
/// Makes up histories of a room: devices that hear of each other now and then, or that only pretend not to have. The few users,
/// authorisations and entities make commits speak about the same things often.
/// </summary>
internal sealed class HistoryGenerator
{
    private const int MaxParentCount = 8;

    private readonly int _seed;
    private readonly SeededRandom _random;
    private readonly ImmutableArray<HistoryUser> _users;
    private readonly ImmutableArray<Uid> _authorisations;
    private readonly IReadOnlyList<DataCommit> _data;
    private readonly List<RightsCommit> _commits = [];
    private readonly Dictionary<Hash256, HashSet<Hash256>> _ancestors = [];

    /// <summary>What each device has heard of.</summary>
    private readonly Dictionary<Uid, HashSet<Hash256>> _known = [];

    private readonly OperationGenerator _operations;
    private readonly int _hearsAll;
    private readonly int _pretends;

    private HistoryGenerator(int seed)
    {
        _seed = seed;
        _random = new SeededRandom(seed);
        _users = [.. Enumerable.Range(0, _random.Between(3, 5)).Select(MakeUser)];
        _authorisations = [.. Enumerable.Range(0, _random.Between(1, 2)).Select(_ => new Uid(_random.Bytes(Uid.SizeBytes)))];
        _data = new DataLogGenerator(_random, _users).Generate();
        _operations = new OperationGenerator(_random, _users, _authorisations, _data);
        _hearsAll = _random.Pick([5, 20, 50, 90]);
        _pretends = _random.Pick([0, 10, 40]);
    }

    public static History Generate(int seed) => new HistoryGenerator(seed).Generate();

    private History Generate()
    {
        Found();
        for (int count = _random.Chance(10) ? _random.Between(20, 40) : _random.Between(2, 16); count > 0; count--)
        {
            Append();
        }

        return new History(_seed, _users, _authorisations, [.. Delivered()], [.. DeliveredData()], [.. MakeViewpoints()]);
    }

    private HistoryUser MakeUser(int number)
    {
        ImmutableArray<Uid> devices = [.. Enumerable.Range(0, _random.Between(1, 3)).Select(_ => new Uid(_random.Bytes(Uid.SizeBytes)))];
        foreach (Uid device in devices)
        {
            _known.Add(device, []);
        }

        return new HistoryUser(((char)('A' + number)).ToString(), new VerifyingKey(_random.Bytes(VerifyingKey.SizeBytes)), devices);
    }

    private void Found()
    {
        HistoryUser creator = _users[0];
        RightsOperation genesis = new RightsOperation.Genesis(creator.Key, _random.Bytes(16));
        Add(creator, creator.Devices[0], [], [genesis, .. _operations.Founding()]);
    }

    private void Append()
    {
        HistoryUser author = _random.Chance(80) ? PickGranted() : _random.Pick(_users);
        Uid device = _random.Pick(author.Devices);
        Hear(device);
        HashSet<Hash256> known = _random.Chance(_pretends) ? Pretended() : _known[device];
        Add(author, device, Maximal(known), _operations.Next(author, [.. _commits.Where(c => known.Contains(c.Id))], _commits));
    }

    private HistoryUser PickGranted()
    {
        List<HistoryUser> granted = [.. _users.Where((u, i) => i == 0
            || _commits.Exists(c => c.Operations.Any(o => o is RightsOperation.SetUser { IsEnabled: true } set && set.User == u.Key)))];
        return _random.Pick(granted);
    }

    // What a device knows is closed: who tells of a commit tells of its ancestors.
    private void Hear(Uid device)
    {
        HashSet<Hash256> known = _known[device];
        known.Add(_commits[0].Id);
        if (_random.Chance(_hearsAll))
        {
            known.UnionWith(_commits.Select(c => c.Id));
        }
        else if (_random.Chance(60))
        {
            known.UnionWith(_known[_random.Pick(_random.Pick(_users).Devices)]);
        }
        else if (_random.Chance(30))
        {
            Learn(known, _random.Pick(_commits).Id);
        }
    }

    /// <summary>Old parents chosen on purpose.</summary>
    private HashSet<Hash256> Pretended()
    {
        HashSet<Hash256> known = [_commits[0].Id];
        for (int count = _random.Between(1, 3); count > 0; count--)
        {
            Learn(known, _random.Pick(_commits).Id);
        }

        return known;
    }

    private void Learn(HashSet<Hash256> known, Hash256 commit)
    {
        known.Add(commit);
        known.UnionWith(_ancestors[commit]);
    }

    private ImmutableArray<Hash256> Maximal(HashSet<Hash256> known)
    {
        List<Hash256> maximal = [.. known.Where(id => !known.Any(other => _ancestors[other].Contains(id))).Order()];
        if (_random.Chance(5))
        {
            maximal.Add(_commits[0].Id);
        }

        return [.. maximal.Distinct().Take(MaxParentCount)];
    }

    private void Add(HistoryUser author, Uid device, ImmutableArray<Hash256> parents, ImmutableArray<RightsOperation> operations)
    {
        var id = new Hash256(_random.Bytes(Hash256.SizeBytes));
        _commits.Add(new RightsCommit(id, author.Key, device, parents, operations));
        _ancestors.Add(id, [.. parents, .. parents.SelectMany(p => _ancestors[p])]);
        Learn(_known[device], id);
    }

    // Now and then a commit has not arrived, and what rests on it cannot be judged yet.
    private IEnumerable<RightsCommit> Delivered()
    {
        if (!_random.Chance(10) || _commits.Count < 3)
        {
            return _commits;
        }

        RightsCommit missing = _commits[_random.Between(1, _commits.Count - 1)];
        return _commits.Where(c => c != missing);
    }

    // Without its commits, what follows them is not known either.
    private IEnumerable<DataCommit> DeliveredData()
    {
        HashSet<Hash256> missing = [];
        foreach (DataCommit commit in _data)
        {
            if (missing.Contains(commit.Previous) || _random.Chance(2))
            {
                missing.Add(commit.Id);
                continue;
            }

            yield return commit;
        }
    }

    private IEnumerable<Viewpoint> MakeViewpoints()
    {
        yield return new Viewpoint.Everything();
        yield return new Viewpoint.Known(SomeHeads(_random.Between(0, 1)));
        yield return new Viewpoint.Known(SomeHeads(_random.Between(1, 4)));
        foreach (DataCommit commit in _random.Some(_data, 4))
        {
            yield return new Viewpoint.Judged(SomeHeads(_random.Between(1, 2)), commit);
        }
    }

    private ImmutableArray<Hash256> SomeHeads(int count) => [.. _random.Some(_commits, count).Select(c => c.Id)];
}
