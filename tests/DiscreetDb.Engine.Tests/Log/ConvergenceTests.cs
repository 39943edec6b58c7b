using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.TestKit;
using Xunit.Abstractions;

namespace DiscreetDb.EngineTests.Log;

/// <summary>I6: same commits, same tables, whatever the order they came in; and the tables are what the log projects to.</summary>
public sealed class ConvergenceTests(ITestOutputHelper output)
{
    private const string OtherModel =
        """
        harbour {
          Boat { name: String nullable, length: String nullable, crew: Float default 2, colour: String default "white", owners: [harbour.Owner], berths: [harbour.Berth] }
          Berth(no_full_text_index) { code: Integer nullable, dues: String nullable }
          Owner { nick: String, boats: [harbour.Boat] }
          Buoy { depth: Integer }
        }
        """;

    private const string FirstModel = "harbour { Boat { name: String nullable } }";

    private const string SecondModel =
        """
        harbour {
          Boat { name: String nullable, crew: Integer default 3, owners: [harbour.Owner] }
          Owner { nick: String nullable, @deprecated boats: [harbour.Boat] }
        }
        """;

    private const string ThirdModel =
        """
        harbour {
          Boat {
            name: String default "none", crew: Float default 2, colour: String default "white", note: String nullable,
            owners: [harbour.Owner], berths: [harbour.Berth], home: harbour.Berth, index(colour)
          }
          Berth(no_full_text_index) { code: Integer nullable, dues: String nullable }
          Owner { nick: String nullable }
          Log { text: String nullable }
        }
        """;

    private static readonly Uid[] Rooms = [Uid.Parse("AAECAwQFBgcICQoLDA0ODw"), Uid.Parse("EBESExQVFhcYGRobHB0eHw")];

    [Fact]
    public void Two_devices_of_a_user_converge()
    {
        SeededRandom random = new();
        output.WriteLine(random.ToString());
        for (int round = 0; round < 5; round++)
        {
            using LogPeer left = new(device: 1);
            using LogPeer right = new(device: 2);
            List<(string Entity, Uid Row)> rows = [];
            for (int step = 0; step < 120; step++)
            {
                LogPeer peer = random.Chance(50) ? left : right;
                peer.Clock.Advance(TimeSpan.FromMilliseconds(random.Below(40)));
                Act(peer, rows, random);
                if (random.Chance(10))
                {
                    Exchange(left, right, random);
                }
            }

            Exchange(left, right, random);
            ExpectSame([left, right]);
        }
    }

    [Fact]
    public void Whatever_devices_sign_and_in_whichever_order_it_comes_the_tables_are_the_same()
    {
        SeededRandom random = new();
        output.WriteLine(random.ToString());
        for (int round = 0; round < 8; round++)
        {
            List<IReadOnlyList<SentCommit>> logs = SignAnything(random);
            List<LogPeer> peers = [];
            for (int i = 0; i < 3; i++)
            {
                LogPeer peer = new(device: i, rights: new AnyRoom());
                peers.Add(peer);
                foreach (SentCommit commit in Delivery.Interleave(logs, random))
                {
                    Assert.True(peer.Apply(commit).IsApplied);
                    if (random.Chance(5))
                    {
                        Assert.True(peer.Apply(commit).IsDuplicate);
                    }
                }
            }

            ExpectSame(peers);
            peers.ForEach(peer => peer.Dispose());
        }
    }

    [Fact]
    public void A_device_that_learns_the_model_later_ends_with_the_same_tables()
    {
        SeededRandom random = new();
        output.WriteLine(random.ToString());
        for (int round = 0; round < 4; round++)
        {
            List<IReadOnlyList<SentCommit>> logs = SignAnything(random);
            using LogPeer early = new(device: 1, model: ThirdModel, rights: new AnyRoom());
            using LogPeer late = new(device: 2, model: FirstModel, rights: new AnyRoom());
            List<SentCommit> order = [.. Delivery.Interleave(logs, random)];
            early.ApplyAll(Delivery.Interleave(logs, random));
            late.ApplyAll(order.Take(order.Count / 2));
            late.Upgrade(SecondModel);
            Assert.Empty(late.Audit());
            late.ApplyAll(order.Skip(order.Count / 2));
            late.Upgrade(ThirdModel);

            ExpectSame([early, late]);
        }
    }

    private static void Act(LogPeer peer, List<(string Entity, Uid Row)> rows, SeededRandom random)
    {
        List<(string Entity, Uid Row)> shown = [.. rows.Where(row => peer.IsShown(row.Entity, row.Row))];
        (string Entity, Uid Row) boat = shown.FindLast(row => row.Entity == "harbour.Boat");
        switch (random.Below(10))
        {
            case < 3:
                rows.Add(("harbour.Boat", peer.Insert("harbour.Boat", peer.Room, ("name", Value.Text($"boat {random.Below(100)}")))));
                return;
            case 3:
                rows.Add(("harbour.Owner", peer.Insert("harbour.Owner", peer.Room, ("nick", Value.Text($"owner {random.Below(100)}")))));
                return;
            case < 7 when boat.Entity is not null:
                peer.Update("harbour.Boat", peer.Room, boat.Row, (random.Chance(50) ? "crew" : "note", Value.Null));
                peer.Update("harbour.Boat", peer.Room, boat.Row, ("crew", Value.Integer(random.Below(100))), ("name", Value.Text($"name {random.Below(100)}")));
                return;
            case < 9 when boat.Entity is not null && shown.Exists(row => row.Entity == "harbour.Owner"):
                (string _, Uid owner) = random.Pick([.. shown.Where(row => row.Entity == "harbour.Owner")]);
                if (random.Chance(70))
                {
                    peer.Link("harbour.Boat", peer.Room, boat.Row, "owners", owner);
                }
                else
                {
                    peer.Unlink("harbour.Boat", peer.Room, boat.Row, "owners", owner);
                }

                return;
            default:
                if (shown.Count > 0 && random.Chance(30))
                {
                    (string entity, Uid row) = random.Pick(shown);
                    peer.Delete(entity, peer.Room, row);
                }

                return;
        }
    }

    private static void Exchange(LogPeer left, LogPeer right, SeededRandom random)
    {
        IReadOnlyList<SentCommit> fromLeft = left.Sent();
        IReadOnlyList<SentCommit> fromRight = right.Sent();
        foreach (SentCommit commit in Delivery.Interleave([fromLeft], random))
        {
            Assert.Equal(CommitFault.None, right.Apply(commit).Fault);
        }

        foreach (SentCommit commit in fromRight)
        {
            Assert.Equal(CommitFault.None, left.Apply(commit).Fault);
        }
    }

    private static void ExpectSame(List<LogPeer> peers)
    {
        string dump = Shared(peers[0]);
        foreach (LogPeer peer in peers)
        {
            Assert.Equal(dump, Shared(peer));
            Assert.Empty(peer.Audit());
            string before = peer.Dump();
            peer.Rebuild();
            Assert.Equal(before, peer.Dump());
        }
    }

    // Each device's own commits differ in rooms only it is in.
    private static string Shared(LogPeer peer) =>
        string.Join('\n', peer.Dump().Split('\n').Where(line => !line.Contains("device ", StringComparison.Ordinal) && !line.Contains("pub_key", StringComparison.Ordinal)));

    /// <summary>Logs of three devices in two rooms that insert, change, link and delete at random, under two models, at any time.</summary>
    private static List<IReadOnlyList<SentCommit>> SignAnything(SeededRandom random)
    {
        DataModel[] models = [DataModelBuilder.Build(LogPeer.Model, 1), DataModelBuilder.Build(OtherModel, 1)];
        List<HandLog> logs = [];
        foreach (Uid room in Rooms)
        {
            for (byte device = 0; device < 3; device++)
            {
                logs.Add(new HandLog($"user {device / 2}", (byte)(device * 70), room));
            }
        }

        // Ids are known in advance, so that operations may come long before or after the rows they are on.
        List<(HandLog Log, List<Hlc> Clocks)> plan = [.. logs.Select(log => (log, Clocks(random)))];
        List<Uid> rows = [.. plan.SelectMany(item => item.Clocks.SelectMany((hlc, i) => Enumerable.Range(0, 3).Select(index =>
            RowId.Derive(new CommitPosition(item.Log.Room, item.Log.Certificate.Device, CommitKind.Data, i + 1, hlc), index))))];
        rows = random.Some(rows, 25);
        List<IReadOnlyList<SentCommit>> sent = [];
        foreach ((HandLog log, List<Hlc> clocks) in plan)
        {
            sent.Add([.. clocks.Select(hlc => log.Add(hlc, builder => AddAnything(builder, log, hlc, random.Pick(models), rows, random)))]);
            log.Dispose();
        }

        return sent;
    }

    private static List<Hlc> Clocks(SeededRandom random)
    {
        List<Hlc> clocks = [];
        ulong value = (ulong)random.Below(200);
        for (int i = random.Between(5, 25); i > 0; i--)
        {
            value += (ulong)random.Between(1, 60);
            clocks.Add(new Hlc(value));
        }

        return clocks;
    }

    private static void AddAnything(CommitBodyBuilder builder, HandLog log, Hlc hlc, DataModel model, List<Uid> rows, SeededRandom random)
    {
        Entity[] entities = [.. model.Entities.Where(entity => !entity.IsSystem)];
        int count = random.Between(1, 5);
        while (builder.OperationCount < count)
        {
            Entity entity = random.Chance(60) ? entities[0] : random.Pick(entities);
            Uid row = random.Pick(rows);
            switch (random.Below(8))
            {
                case < 3:
                    builder.TryInsert(entity, log.RowAt(hlc, builder.OperationCount), Values(entity, rows, random, atLeast: 0));
                    break;
                case < 5:
                    builder.TryUpdate(entity, row, Values(entity, rows, random, atLeast: 1));
                    break;
                case < 7 when entity.Fields.Any(field => field.Type == FieldType.Links):
                    Field links = random.Pick([.. entity.Fields.Where(field => field.Type == FieldType.Links)]);
                    builder.TryLink(random.Chance(65) ? OperationKind.Link : OperationKind.Unlink, entity, row, links, random.Pick(rows));
                    break;
                default:
                    if (random.Chance(40))
                    {
                        builder.TryDelete(entity, row);
                    }

                    break;
            }
        }
    }

    private static FieldAssignment[] Values(Entity entity, List<Uid> rows, SeededRandom random, int atLeast)
    {
        Field[] fields = [.. entity.Fields.Where(field => field.Type != FieldType.Links)];
        return [.. random.Some(fields, random.Between(Math.Min(atLeast, fields.Length), fields.Length)).Select(field => new FieldAssignment(field, ValueOf(field, rows, random)))];
    }

    private static Value ValueOf(Field field, List<Uid> rows, SeededRandom random) => field.Type switch
    {
        _ when random.Chance(12) => Value.Null,
        FieldType.Integer => Value.Integer(random.Below(50)),
        FieldType.Float => Value.Float(random.Below(50) / 4.0),
        FieldType.Reference => Value.Reference(random.Pick(rows)),
        _ => Value.Text($"text {random.Below(50)}"),
    };
}
