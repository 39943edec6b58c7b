using System.Text.Json;
using DiscreetDb.Core;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.EngineTests.Mutation;
using DiscreetDb.Log;
using DiscreetDb.Mutation;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Rooms;

/// <summary>Dialect §7.8: <c>mutate { sys.Room … }</c> as rights commits, who may say what, and the rows it becomes.</summary>
public sealed class RoomDefinitionTests : IDisposable
{
    private readonly Member _ann = new("ann", 1);
    private readonly Member _bo = new("bo", 2);
    private readonly Member _cy = new("cy", 3);

    public RoomDefinitionTests()
    {
        foreach (Member member in Everybody)
        {
            member.Names["ann"] = _ann.Key.ToString();
            member.Names["bo"] = _bo.Key.ToString();
            member.Names["cy"] = _cy.Key.ToString();
        }
    }

    private Member[] Everybody => [_ann, _bo, _cy];

    [Fact]
    public void Founding_a_room_is_one_commit_and_answers_every_id()
    {
        JsonElement room = _ann.Mutate(
            "mutate { sys.Room { admin: [{ verif_key: $bo }, { verif_key: $ann }] authorisations: [{ name: \"crew\" rights: [{ entity: \"*\" mutate_self: true mutate_all: false }] users: [{ verif_key: $cy }] user_admin: [{ verif_key: $bo }] }] } }").GetProperty("sys.Room");

        CommitSummary commit = Assert.Single(_ann.Commits);
        Assert.Equal(room.Id(), commit.Room.ToString());
        Assert.Equal(6, commit.OperationCount);
        string[] ids = [.. Ids(room)];
        Assert.Equal(7, ids.Distinct().Count());
        Assert.Equal(4, _ann.Rows("sys.UserAuth", "id").Count);
        Assert.Equal(ids.Order(), AllIds(_ann).Order());
        Assert.Empty(_ann.Peer.Audit());
    }

    [Theory]
    [InlineData("mutate { sys.Room { admin: [{ verif_key: $bo }] } }")]
    [InlineData("mutate { sys.Room { admin: [{ verif_key: $ann enabled: false }] } }")]
    [InlineData("mutate { sys.Room { admin: [{ verif_key: $ann }, { verif_key: $bo }, { verif_key: $ann enabled: false }] } }")]
    public void No_room_starts_without_its_creator_as_admin(string text)
    {
        Assert.Equal(ErrorCode.AuthorisationRejected, _ann.Fails(text).Code);
        Assert.Empty(AllIds(_ann));
    }

    [Fact]
    public void The_right_that_is_missing_and_the_place_are_named()
    {
        Uid room = Found();
        DiscreetException error = _bo.Fails("mutate { sys.Room { id: $room\n authorisations: [{ name: \"x\" }] } }");

        Assert.Equal(ErrorCode.AuthorisationRejected, error.Code);
        Assert.Equal(2, error.Location!.Value.Line);
        Assert.Contains(room.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("an admin", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("authorisations: [{ name: \"x\" }]")]
    [InlineData("authorisations: [{ id: $crew name: \"x\" }]")]
    [InlineData("authorisations: [{ id: $crew rights: [{ entity: \"*\" mutate_self: true mutate_all: true }] }]")]
    [InlineData("authorisations: [{ id: $crew users: [{ verif_key: $cy }] }]")]
    [InlineData("authorisations: [{ id: $crew user_admin: [{ verif_key: $bo }] }]")]
    [InlineData("admin: [{ verif_key: $bo }]")]
    public void A_user_changes_nothing_of_the_definition(string change)
    {
        Uid room = Found();
        string before = _bo.Peer.Dump();

        Assert.Equal(ErrorCode.AuthorisationRejected, Change(_bo, change).Code);
        Assert.Equal(before, _bo.Peer.Dump());
        Assert.Empty(_bo.Peer.Sent(room, CommitKind.Rights));
    }

    [Fact]
    public void A_user_admin_adds_and_disables_users_of_the_authorisation_and_does_nothing_else()
    {
        Uid room = Found(userAdmin: true);
        Do(_bo, "authorisations: [{ id: $crew users: [{ verif_key: $cy }] }]");
        Assert.True(_bo.View(room).IsMember(_cy.Key));
        Do(_bo, "authorisations: [{ id: $crew users: [{ verif_key: $cy enabled: false }] }]");
        Assert.False(_bo.View(room).IsMember(_cy.Key));

        Assert.Equal(ErrorCode.AuthorisationRejected, Change(_bo, "authorisations: [{ id: $crew user_admin: [{ verif_key: $cy }] }]").Code);
        Assert.Equal(ErrorCode.AuthorisationRejected, Change(_bo, "authorisations: [{ id: $crew name: \"x\" }]").Code);
        Assert.Equal(ErrorCode.AuthorisationRejected, Change(_bo, "authorisations: [{ id: $crew rights: [{ entity: \"*\" mutate_self: true mutate_all: true }] }]").Code);
        Assert.Equal(ErrorCode.AuthorisationRejected, Change(_bo, "authorisations: [{ id: $other users: [{ verif_key: $cy }] }]").Code);
        Assert.Equal([CommitFault.None, CommitFault.None], _ann.Take(_bo, room));
        AssertSame(room, _ann, _bo);
    }

    [Fact]
    public void An_admin_disables_juniors_never_themself_and_never_a_senior()
    {
        Uid room = Found();
        Do(_ann, "admin: [{ verif_key: $bo }, { verif_key: $cy }]");
        _bo.Take(_ann, room);
        _cy.Take(_ann, room);

        Assert.Contains("your own entry", Change(_bo, "admin: [{ verif_key: $bo enabled: false }]").Message, StringComparison.Ordinal);
        Assert.Contains("senior", Change(_cy, "admin: [{ verif_key: $bo enabled: false }]").Message, StringComparison.Ordinal);
        Assert.Contains("senior", Change(_bo, "admin: [{ verif_key: $ann enabled: false }]").Message, StringComparison.Ordinal);
        Do(_bo, "admin: [{ verif_key: $cy enabled: false }]");

        Assert.False(_bo.View(room).IsAdmin(_cy.Key));
        _ann.Take(_bo, room);
        AssertSame(room, _ann, _bo);
    }

    [Fact]
    public void Disabling_a_user_lists_where_their_logs_end_and_nobody_elses()
    {
        Uid room = Found();
        _bo.Mutate("mutate { team.Note { room_id: $room text: \"one\" } }");
        _bo.Mutate("mutate { team.Note { room_id: $room text: \"two\" } }");
        _ann.Mutate("mutate { team.Note { room_id: $room text: \"mine\" } }");
        _ann.Take(_bo, room);
        Do(_ann, "authorisations: [{ id: $crew users: [{ verif_key: $bo enabled: false }] }]");

        RightsOperation.SetUser disabling = Assert.IsType<RightsOperation.SetUser>(Assert.Single(_ann.LastRights(room)));
        LogPosition end = Assert.Single(disabling.CutOffs);
        Assert.Equal((_bo.Peer.Device, 2), (end.Device, end.Sequence));

        // What came before stays, what did not know of the removal is judged by it.
        _bo.Mutate("mutate { team.Note { room_id: $room text: \"three\" } }");
        Assert.Equal([CommitFault.NotMember], _ann.Take(_bo, room));
        Assert.Equal(["mine", "one", "two"], _ann.Rows("team.Note", "text"));
    }

    [Fact]
    public void Lowering_a_right_lists_every_device_and_raising_one_none()
    {
        Uid room = Found();
        _bo.Mutate("mutate { team.Note { room_id: $room text: \"one\" } }");
        _ann.Mutate("mutate { team.Note { room_id: $room text: \"mine\" } }");
        _ann.Take(_bo, room);

        Do(_ann, "authorisations: [{ id: $crew rights: [{ entity: \"*\" mutate_self: true mutate_all: true }] }]");
        Assert.Empty(Assert.IsType<RightsOperation.SetRight>(Assert.Single(_ann.LastRights(room))).CutOffs);
        Do(_ann, "authorisations: [{ id: $crew rights: [{ entity: \"team.Note\" mutate_self: true mutate_all: false }] }]");
        LogPosition[] ends = [.. Assert.IsType<RightsOperation.SetRight>(Assert.Single(_ann.LastRights(room))).CutOffs];
        Assert.Equal(new[] { _ann.Peer.Device, _bo.Peer.Device }.Order(), ends.Select(end => end.Device));
        Assert.All(ends, end => Assert.Equal(1, end.Sequence));
    }

    [Fact]
    public void What_ceases_to_count_disappears_from_the_rows()
    {
        Uid room = Found();
        Do(_ann, "admin: [{ verif_key: $bo }]");
        _bo.Take(_ann, room);
        _cy.Take(_ann, room);

        // Ann removes Bo while Bo, who has not heard of it, lets Cy in.
        Do(_bo, "authorisations: [{ name: \"bo's\" users: [{ verif_key: $cy }] }]");
        Do(_ann, "admin: [{ verif_key: $bo enabled: false }]");
        _cy.Take(_bo, room);
        Assert.Contains("bo's", _cy.Rows("sys.Authorisation", "name"));
        Assert.True(_cy.View(room).IsMember(_cy.Key));
        _cy.Take(_ann, room);

        Assert.DoesNotContain("bo's", _cy.Rows("sys.Authorisation", "name"));
        Assert.False(_cy.View(room).IsMember(_cy.Key));
        _ann.Take(_bo, room);
        _bo.Take(_ann, room);
        AssertSame(room, _ann, _bo, _cy);
        Assert.All(Everybody, member => Assert.Empty(member.Peer.Audit()));
    }

    [Fact]
    public void Rights_of_a_document_hold_for_its_rows()
    {
        Uid room = Found();
        _ann.Mutate("mutate { n: team.Tag { room_id: $room word: \"x\" } }");
        Do(_ann, "authorisations: [{ id: $crew rights: [{ entity: \"team.Tag\" mutate_self: false mutate_all: false }] }]");
        Assert.Equal(ErrorCode.AuthorisationRejected, _ann.Fails("mutate { team.Tag { room_id: $room word: \"y\" } }").Code);

        _ann.Names["same"] = room.ToString();
        _ann.Mutate("mutate { team.Tag { room_id: $room word: \"y\" } sys.Room { id: $same authorisations: [{ id: $crew rights: [{ entity: \"team.Tag\" mutate_self: true mutate_all: false }] }] } }");

        Assert.Equal(["x", "y"], _ann.Rows("team.Tag", "word"));
        Assert.Equal([room, room], _ann.Commits.Select(commit => commit.Room));
        Assert.All(_bo.Take(_ann, room), fault => Assert.Equal(CommitFault.None, fault));
        AssertSame(room, _ann, _bo);
    }

    [Fact]
    public void A_refused_row_takes_the_definition_back()
    {
        string before = _ann.Peer.Dump();

        Assert.Equal(ErrorCode.UnknownRoom, _ann.Fails("mutate { sys.Room { } team.Note { room_id: $bo text: \"x\" } }".Replace("$bo", "\"AAAAAAAAAAAAAAAAAAAAAA\"", StringComparison.Ordinal)).Code);

        Assert.Equal(before, _ann.Peer.Dump());
        Assert.Empty(_ann.Peer.Log.Store.Logs.Rooms(CommitKind.Rights));
        Found();
        Assert.Empty(_ann.Peer.Audit());
    }

    [Fact]
    public void A_room_is_founded_where_a_row_refers_to_one()
    {
        JsonElement task = _ann.Mutate("mutate { team.Task { title: \"t\" place: { authorisations: [{ name: \"a\" }] } } }").GetProperty("team.Task");

        string room = task.GetProperty("place").Id();
        Assert.True(_ann.Peer.Log.Rights.IsKnown(Uid.Parse(room)));
        Assert.Equal(Uid.Parse(room).ToByteArray(), Reference(task.Id()));
        _ann.Names["room"] = room;
        _ann.Mutate("mutate { team.Task { title: \"u\" place: { id: $room } } }");
        Assert.Equal(["t", "u"], _ann.Rows("team.Task", "title"));

        byte[] Reference(string id)
        {
            using DiscreetDb.Storage.Statement statement = _ann.Peer.Connection.Prepare("SELECT place FROM \"team.Task\" WHERE id = ?1");
            statement.Bind(1, Uid.Parse(id));
            Assert.True(statement.Step());
            return statement.GetBlob(0).ToArray();
        }
    }

    [Fact]
    public void An_authorisation_is_named_again()
    {
        Uid room = Found();
        _ann.Peer.Clock.Advance(TimeSpan.FromSeconds(1));
        Do(_ann, "authorisations: [{ id: $crew name: \"sailors\" }]");

        Assert.Contains("sailors", _ann.Rows("sys.Authorisation", "name"));
        Assert.DoesNotContain("crew", _ann.Rows("sys.Authorisation", "name"));
        _bo.Take(_ann, room);
        AssertSame(room, _ann, _bo);
    }

    [Theory]
    [InlineData(ErrorCode.UnknownRoom, "mutate { sys.Room { id: $crew } }")]
    [InlineData(ErrorCode.AuthorisationRejected, "mutate { sys.Room { id: $private admin: [{ verif_key: $bo }] } }")]
    [InlineData(ErrorCode.NotBelongsTo, "mutate { sys.Room { id: $room authorisations: [{ id: $room }] } }")]
    [InlineData(ErrorCode.NotBelongsTo, "mutate { sys.Room { authorisations: [{ id: $crew }] } }")]
    [InlineData(ErrorCode.InvalidBase64, "mutate { sys.Room { authorisations: [{ name: \"x\" users: [{ verif_key: $room }] }] } }")]
    [InlineData(ErrorCode.InvalidString, "mutate { sys.Room { authorisations: [{ name: \"x\" rights: [{ entity: \"\" mutate_self: true mutate_all: true }] }] } }")]
    [InlineData(ErrorCode.InvalidString, "mutate { sys.Room { authorisations: [{ name: $long }] } }")]
    [InlineData(ErrorCode.FieldNotWritable, "mutate { sys.Room { _binary: \"AAAA\" } }")]
    public void What_cannot_be_is_an_error_of_its_own(ErrorCode expected, string text)
    {
        Found();
        _ann.Names["private"] = _ann.Peer.Room.ToString();
        _ann.Names["long"] = new string('x', Limits.NameSizeBytes + 1);

        Assert.Equal(expected, _ann.Fails(text).Code);
    }

    [Fact]
    public void A_condition_holds_for_a_room_too()
    {
        Uid room = Found();
        long mdate = long.Parse(_ann.Rows("sys.Room", "mdate").Single());
        MutationOptions same = new() { IfMdate = new Dictionary<Uid, long> { [room] = mdate } };
        MutationOptions other = new() { IfMdate = new Dictionary<Uid, long> { [room] = mdate - 1 } };
        const string Text = "mutate { sys.Room { id: $room authorisations: [{ name: \"x\" }] } team.Task { title: \"t\" place: { id: $room } } }";

        Assert.Equal(ErrorCode.RowChanged, _ann.Fails(Text, other).Code);
        _ann.Peer.Clock.Advance(TimeSpan.FromSeconds(1));
        _ann.Mutate(Text, same);
        Assert.True(long.Parse(_ann.Rows("sys.Room", "mdate").Single()) > mdate);
    }

    [Fact]
    public void A_definition_larger_than_a_commit_becomes_several()
    {
        string users = string.Join(", ", Enumerable.Range(0, Limits.CommitOperationCount + 200).Select(i => $"{{ verif_key: \"{Base64Url.Encode(Blake3.Hash(BitConverter.GetBytes(i)).ToByteArray())}\" }}"));

        JsonElement room = _ann.Mutate($"mutate {{ sys.Room {{ authorisations: [{{ name: \"crew\" users: [{users}] }}] }} }}").GetProperty("sys.Room");

        Assert.Equal(2, _ann.Commits.Count);
        Assert.Equal(Ids(room).Concat([GenesisEntry()]).Order(), AllIds(_ann).Order());
        Assert.Empty(_ann.Peer.Audit());

        string GenesisEntry() => _ann.Rows("sys.UserAuth", "id").Count == Limits.CommitOperationCount + 201
            ? AllIds(_ann).Except(Ids(room)).Single()
            : throw new InvalidOperationException("An entry is missing.");
    }

    [Fact]
    public void Rights_follow_an_entity_to_its_new_name_and_rows_are_the_same_from_scratch()
    {
        Uid room = Found();
        Do(_ann, "authorisations: [{ id: $crew rights: [{ entity: \"TEAM.Note\" mutate_self: true mutate_all: true }, { entity: \"away.Thing\" mutate_self: true mutate_all: true }] }]");

        _ann.Peer.Upgrade("team { @was(team.Note) Memo { text: String, tags: [team.Tag] nullable } Tag { word: String } Task { title: String, place: sys.Room nullable } }");

        Assert.Equal(["*", "away.Thing", "team.Memo"], _ann.Rows("sys.EntityRight", "entity"));
        Assert.Empty(_ann.Peer.Audit());
        string dump = _ann.Peer.Dump();
        _ann.Peer.Rebuild();
        Assert.Equal(dump, _ann.Peer.Dump());
        _ann.Peer.Reopen();
        _ann.Mutate("mutate { team.Memo { room_id: $room text: \"x\" } }");
        Assert.Equal(2, _ann.Peer.Log.Rights.Heads(room).Length + _ann.Commits.Count);
    }

    [Fact]
    public void A_data_commit_writes_no_definition_and_no_row_of_the_engine()
    {
        Uid room = Found();
        Hlc now = Hlc.FromMilliseconds(_ann.Peer.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 1);
        string before = WithoutRejections(_ann.Peer.Dump());
        byte device = 50;
        foreach (string entity in new[] { "sys.UserAuth", "sys.Peer", "sys.Device" })
        {
            using HandLog forged = new("bo", device++, room);
            Entity target = _ann.Peer.Entity(entity);
            SentCommit commit = forged.Add(now, builder => builder.TryInsert(target, forged.RowAt(now, 0), []), _ann.Peer.Log.Rights.Heads(room).ToArray());
            Assert.Equal(CommitFault.NotAllowed, _ann.Peer.Apply(commit).Fault);
        }

        Assert.Equal(before, WithoutRejections(_ann.Peer.Dump()));
        Assert.Empty(_ann.Peer.Audit());

        static string WithoutRejections(string dump) =>
            string.Join('\n', dump.Split('\n').Where(line => !line.Contains("reason=", StringComparison.Ordinal)));
    }

    [Fact]
    public void Nobody_invents_an_authorisation()
    {
        Uid room = Found();
        using HandLog hand = new("ann", 50, room, kind: CommitKind.Rights);
        RightsOperation invented = new RightsOperation.SetUser(UserList.User, Uid.Parse("AAAAAAAAAAAAAAAAAAAAAA"), _cy.Key, IsEnabled: true, []);
        Hlc now = Hlc.FromMilliseconds(_ann.Peer.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 1);

        Assert.Equal(CommitFault.Malformed, _ann.Peer.Apply(hand.Add(now, RightsBody.Build([invented], [Uid.Zero]), _ann.Peer.Log.Rights.Heads(room).ToArray())).Fault);
    }

    [Fact]
    public void Damage_to_the_rows_of_a_definition_is_found_and_repaired()
    {
        Found();
        _ann.Peer.Connection.Execute("UPDATE \"sys.EntityRight\" SET mutate_all = 1");
        Assert.Contains(_ann.Peer.Audit(), finding => finding.What.Contains("column mutate_all", StringComparison.Ordinal));
        _ann.Peer.Connection.Execute("DELETE FROM \"sys.Room.admin\"");
        Assert.Contains(_ann.Peer.Audit(), finding => finding.What.Contains("the link admin", StringComparison.Ordinal));

        _ann.Peer.Rebuild();

        Assert.Empty(_ann.Peer.Audit());
    }

    public void Dispose()
    {
        foreach (Member member in Everybody)
        {
            member.Dispose();
        }
    }

    // Ann's room: a crew that writes everything of its own, Bo in it, and an empty authorisation; Bo has it too.
    private Uid Found(bool userAdmin = false)
    {
        string admins = userAdmin ? "user_admin: [{ verif_key: $bo }]" : "";
        JsonElement room = _ann.Mutate(
            $"mutate {{ sys.Room {{ authorisations: [{{ name: \"crew\" rights: [{{ entity: \"*\" mutate_self: true mutate_all: false }}] users: [{{ verif_key: $bo }}] {admins} }}, {{ name: \"other\" }}] }} }}").GetProperty("sys.Room");
        Uid id = Uid.Parse(room.Id());
        foreach (Member member in Everybody)
        {
            member.Names["room"] = room.Id();
            member.Names["crew"] = room.GetProperty("authorisations")[0].Id();
            member.Names["other"] = room.GetProperty("authorisations")[1].Id();
        }

        _bo.Take(_ann, id);
        return id;
    }

    private static void Do(Member member, string change) => member.Mutate($"mutate {{ sys.Room {{ id: $room {change} }} }}");

    private static DiscreetException Change(Member member, string change) => member.Fails($"mutate {{ sys.Room {{ id: $room {change} }} }}");

    // Members have profiles of their own; what they know of the room is the same.
    private static void AssertSame(Uid room, params Member[] members)
    {
        string expected = Definition(members[0]);
        Assert.All(members, member => Assert.Equal(expected, Definition(member)));

        string Definition(Member member) =>
            string.Join('\n', member.Peer.Dump().Split("# ").Where(part => part.StartsWith("sys.Room", StringComparison.Ordinal)
                || part.StartsWith("sys.Authorisation", StringComparison.Ordinal) || part.StartsWith("sys.UserAuth", StringComparison.Ordinal)
                || part.StartsWith("sys.EntityRight", StringComparison.Ordinal)))
            + string.Join(',', member.Peer.Log.Rights.Heads(room).ToArray());
    }

    private static List<string> AllIds(Member member)
    {
        List<string> ids = [];
        foreach (string table in new[] { "sys.Room", "sys.Authorisation", "sys.UserAuth", "sys.EntityRight" })
        {
            using DiscreetDb.Storage.Statement statement = member.Peer.Connection.Prepare($"SELECT id FROM \"{table}\"");
            while (statement.Step())
            {
                ids.Add(statement.GetUid(0).ToString());
            }
        }

        return ids;
    }

    private static IEnumerable<string> Ids(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().SelectMany(member => member.NameEquals("id") ? [member.Value.GetString()!] : Ids(member.Value)),
        JsonValueKind.Array => node.EnumerateArray().SelectMany(Ids),
        _ => [],
    };
}
