using System.Text.Json;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.EngineTests.Mutation;
using DiscreetDb.Log;
using DiscreetDb.TestKit;
using Xunit.Abstractions;

namespace DiscreetDb.EngineTests.Rooms;

/// <summary>
/// Definitions made by several people at once: whoever has the same rights commits shows the same rows, whatever order they
/// came in, and they are the rows of a projection from scratch (I6).
/// </summary>
public sealed class RoomConvergenceTests(ITestOutputHelper output)
{
    private const int HistoryCount = 12;

    private static readonly string[] Names = ["ann", "bo", "cy"];

    [Fact]
    public void Definitions_converge_whatever_order_their_commits_come_in()
    {
        int first = SeededRandom.ChooseSeed() % 1_000_000_000;
        output.WriteLine($"seeds {first} to {first + HistoryCount - 1}");
        for (int seed = first; seed < first + HistoryCount; seed++)
        {
            Run(seed);
        }
    }

    private static void Run(int seed)
    {
        SeededRandom random = new(seed);
        Member[] members = [.. Names.Select((name, i) => new Member(name, i + 1))];
        Member[] observers = [new Member("dee", 4), new Member("ed", 5)];
        try
        {
            Uid room = Found(members);
            for (int step = 0; step < 25; step++)
            {
                Member member = random.Pick(members);
                Change(random, member);
                if (random.Between(0, 2) == 0)
                {
                    Deliver(random, CommitsOf(room, members), random.Pick(members));
                }
            }

            IReadOnlyList<SentCommit> commits = CommitsOf(room, members);
            foreach (Member member in members.Concat(observers))
            {
                Deliver(random, commits, member);
            }

            string expected = Definition(members[0]);
            foreach (Member member in members.Concat(observers))
            {
                Assert.True(expected == Definition(member), $"seed {seed}: {member.Peer.Device} shows another definition.\n{expected}\n{Definition(member)}");
                Assert.True(member.Peer.Audit() is [], $"seed {seed}: {string.Join(' ', member.Peer.Audit())}");
                member.Peer.Rebuild();
                Assert.True(expected == Definition(member), $"seed {seed}: from scratch it is another definition.");
            }
        }
        finally
        {
            foreach (Member member in members.Concat(observers))
            {
                member.Dispose();
            }
        }
    }

    private static Uid Found(Member[] members)
    {
        JsonElement room = members[0].Mutate(
            $"mutate {{ sys.Room {{ authorisations: [{{ name: \"a\" rights: [{{ entity: \"*\" mutate_self: true mutate_all: true }}] users: [{{ verif_key: \"{members[1].Key}\" }}] user_admin: [{{ verif_key: \"{members[2].Key}\" }}] }}, {{ name: \"b\" }}] }} }}").GetProperty("sys.Room");
        foreach (Member member in members)
        {
            member.Names["room"] = room.Id();
            member.Names["a"] = room.GetProperty("authorisations")[0].Id();
            member.Names["b"] = room.GetProperty("authorisations")[1].Id();
            for (int i = 0; i < members.Length; i++)
            {
                member.Names[Names[i]] = members[i].Key.ToString();
            }

            Deliver(new SeededRandom(0), CommitsOf(Uid.Parse(room.Id()), members), member);
        }

        return Uid.Parse(room.Id());
    }

    // What the member may not do is refused, which is a step too.
    private static void Change(SeededRandom random, Member member)
    {
        member.Peer.Clock.Advance(TimeSpan.FromMilliseconds(random.Between(1, 50)));
        string user = random.Pick(Names);
        string enabled = random.Pick(["true", "true", "false"]);
        string authorisation = random.Pick(["a", "b"]);
        string change = random.Between(0, 4) switch
        {
            0 => $"admin: [{{ verif_key: ${user} enabled: {enabled} }}]",
            1 => $"authorisations: [{{ id: ${authorisation} users: [{{ verif_key: ${user} enabled: {enabled} }}] }}]",
            2 => $"authorisations: [{{ id: ${authorisation} user_admin: [{{ verif_key: ${user} enabled: {enabled} }}] }}]",
            3 => $"authorisations: [{{ id: ${authorisation} name: \"{random.Between(0, 99)}\" rights: [{{ entity: \"team.Note\" mutate_self: {enabled} mutate_all: false }}] }}]",
            _ => $"authorisations: [{{ name: \"{random.Between(0, 99)}\" users: [{{ verif_key: ${user} }}] }}]",
        };
        try
        {
            member.Mutate($"mutate {{ sys.Room {{ id: $room {change} }} }}");
        }
        catch (DiscreetException refused) when (refused.Code is ErrorCode.AuthorisationRejected or ErrorCode.NotBelongsTo)
        {
            Assert.NotNull(refused.Location);
        }
    }

    private static List<SentCommit> CommitsOf(Uid room, Member[] members) => [.. members.SelectMany(member => member.Peer.Sent(room, CommitKind.Rights))];

    // In any order a network may bring them: what misses something before it comes again later.
    private static void Deliver(SeededRandom random, IEnumerable<SentCommit> commits, Member to)
    {
        List<SentCommit> waiting = [.. commits];
        while (waiting.Count > 0)
        {
            SentCommit[] round = [.. waiting.OrderBy(_ => random.Between(0, 1_000_000))];
            waiting.Clear();
            foreach (SentCommit commit in round)
            {
                ApplyOutcome outcome = to.Peer.Apply(commit);
                if (outcome.Fault is CommitFault.MissingPrevious or CommitFault.MissingHead or CommitFault.UnknownRoom)
                {
                    waiting.Add(commit);
                    continue;
                }

                Assert.Equal(CommitFault.None, outcome.Fault);
            }

            Assert.True(waiting.Count < round.Length, "What is left can never be taken.");
        }
    }

    private static string Definition(Member member) => string.Concat(
        member.Peer.Dump().Split("# ").Where(part => part.StartsWith("sys.Room", StringComparison.Ordinal) || part.StartsWith("sys.Authorisation", StringComparison.Ordinal)
            || part.StartsWith("sys.UserAuth", StringComparison.Ordinal) || part.StartsWith("sys.EntityRight", StringComparison.Ordinal)));
}
