using System.Collections.Immutable;
using DiscreetDb.Core;
using DiscreetDb.Rooms;
using DiscreetDb.TestKit;
using static DiscreetDb.Rooms.RightsOperation;

namespace DiscreetDb.RightsTests.Histories;

/// <summary>Makes up the operations of a commit, with or without the right to them.</summary>
internal sealed class OperationGenerator(
    SeededRandom random, ImmutableArray<HistoryUser> users, ImmutableArray<Uid> authorisations, IReadOnlyList<DataCommit> data)
{
    private readonly ILookup<Uid, DataCommit> _data = data.ToLookup(commit => commit.Device);

    public IEnumerable<RightsOperation> Founding()
    {
        foreach (Uid authorisation in authorisations)
        {
            yield return new AddAuthorisation(authorisation, AnyName());
            yield return SetRight(authorisation);
        }

        for (int i = random.Between(0, 4); i > 0; i--)
        {
            yield return random.Chance(50) ? Enable(UserList.Admin, random.Pick(users)) : Enable(AnyList(), random.Pick(users));
        }
    }

    /// <param name="author">Whose commit it is.</param>
    /// <param name="known">What its author says they know.</param>
    /// <param name="all">Everything there is: other people's commits can be admitted, heard of or not.</param>
    public ImmutableArray<RightsOperation> Next(HistoryUser author, IReadOnlyList<RightsCommit> known, IReadOnlyList<RightsCommit> all)
    {
        int count = random.Below(100) switch { < 10 => 0, < 75 => 1, < 90 => 2, _ => 4 };
        return [.. Enumerable.Range(0, count).Select(_ => Next(author, known, all, random.Below(100)))];
    }

    private RightsOperation Next(HistoryUser author, IReadOnlyList<RightsCommit> known, IReadOnlyList<RightsCommit> all, int dice) => dice switch
    {
        < 18 => Enable(UserList.Admin, random.Pick(users)),
        < 36 => Disable(UserList.Admin, random.Pick(users)),
        < 44 => Enable(UserList.UserAdmin, random.Pick(users)),
        < 50 => Disable(UserList.UserAdmin, random.Pick(users)),
        < 59 => Enable(UserList.User, random.Pick(users)),
        < 67 => Disable(UserList.User, random.Pick(users)),
        < 70 => new NameAuthorisation(random.Pick(authorisations), AnyName()),
        < 71 => new AddAuthorisation(random.Pick(authorisations), AnyName()),
        < 83 => SetRight(random.Pick(authorisations)),
        < 92 => Admit(known, all),
        < 99 => new RevokeDevice(Position(random.Pick(random.Chance(95) ? author.Devices : random.Pick(users).Devices))),
        _ => random.Chance(50) ? new Unknown(200) : new Genesis(author.Key, random.Bytes(16)),
    };

    private SetUser Enable(UserList list, HistoryUser user) => new(list, AuthorisationFor(list), user.Key, IsEnabled: true, []);

    // Lists the devices of the user, or forgets one.
    private SetUser Disable(UserList list, HistoryUser user) =>
        new(list, AuthorisationFor(list), user.Key, IsEnabled: false, [.. user.Devices.Where(_ => random.Chance(70)).Select(Position)]);

    private SetRight SetRight(Uid authorisation) =>
        new(authorisation, random.Pick(["*", .. History.Entities]), random.Chance(60), random.Chance(40), [.. SomeDevices(30).Select(Position)]);

    // Everything of one of the authors, as an admin who takes their side would, and whatever else.
    private AdmitCommits Admit(IReadOnlyList<RightsCommit> known, IReadOnlyList<RightsCommit> all)
    {
        VerifyingKey author = random.Pick(users).Key;
        HashSet<Hash256> heardOf = [.. known.Select(c => c.Id)];
        IEnumerable<RightsCommit> rights = all.Where(c => (c.Author == author && random.Chance(80)) || (!heardOf.Contains(c.Id) && random.Chance(20)));
        return new AdmitCommits([.. SomeDevices(25).Select(Position)], [.. rights.Select(c => c.Id)]);
    }

    private IEnumerable<Uid> SomeDevices(int percent) => users.SelectMany(u => u.Devices).Where(_ => random.Chance(percent));

    // A commit of the device; now and then none, one that does not exist, or one with a wrong sequence.
    private LogPosition Position(Uid device)
    {
        DataCommit[] commits = [.. _data[device]];
        if (commits.Length == 0 || random.Chance(5))
        {
            return random.Chance(50)
                ? new LogPosition(device, 0, default)
                : new LogPosition(device, random.Between(1, 9), new Hash256(random.Bytes(Hash256.SizeBytes)));
        }

        DataCommit commit = random.Pick(commits);
        return new LogPosition(device, random.Chance(97) ? commit.Sequence : commit.Sequence + 1, commit.Id);
    }

    private UserList AnyList() => random.Pick([UserList.Admin, UserList.User, UserList.UserAdmin]);

    private Uid AuthorisationFor(UserList list) => list == UserList.Admin ? Uid.Zero : random.Pick(authorisations);

    private string AnyName() => $"name {random.Below(1000)}";
}
