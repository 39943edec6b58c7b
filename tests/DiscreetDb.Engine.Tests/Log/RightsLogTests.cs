using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Log;

/// <summary>Rights commits in the log: stored, loaded, taken in from peers, and answered from.</summary>
public sealed class RightsLogTests : IDisposable
{
    private const string Crew = "harbour.Log";

    private readonly LogPeer _ann = new("ann", device: 1);
    private readonly LogPeer _bo = new("bo", device: 2);
    private Uid _crew;

    [Fact]
    public void A_room_has_the_rights_its_founder_gave()
    {
        Uid room = FoundCrew();

        Assert.True(May(_ann, _ann, room, RightsAction.Insert, Crew));
        Assert.True(May(_ann, _bo, room, RightsAction.Insert, Crew));
        Assert.False(_ann.Log.Rights.Can(room, _bo.User.VerifyingKey, RightsAction.Update, Crew, _ann.User.VerifyingKey));
        Assert.False(May(_ann, _bo, room, RightsAction.Insert, "harbour.Boat"));
        Assert.Empty(_ann.Audit());
    }

    [Fact]
    public void Rights_are_the_same_after_a_restart()
    {
        Uid room = FoundCrew();
        ReadOnlyMemory<Hash256> heads = _ann.Log.Rights.Heads(room);

        _ann.Reopen();

        Assert.True(_ann.Log.Rights.IsKnown(room));
        Assert.Equal(heads, _ann.Log.Rights.Heads(room));
        Assert.True(May(_ann, _bo, room, RightsAction.Insert, Crew));
        Assert.False(May(_ann, _bo, room, RightsAction.Insert, "harbour.Boat"));
    }

    [Fact]
    public void What_is_rolled_back_never_was()
    {
        Uid room = FoundCrew();
        ReadOnlyMemory<Hash256> heads = _ann.Log.Rights.Heads(room);
        Uid? founded = null;

        Assert.Throws<InvalidOperationException>(() => _ann.Batch(batch =>
        {
            RightsDraft change = new();
            change.Add(Disable(_bo));
            batch.Define(room, change);
            RightsDraft other = new();
            other.Add(new RightsOperation.Genesis(_ann.User.VerifyingKey, new byte[16]));
            founded = batch.Define(null, other).Room;
            Assert.True(_ann.Log.Rights.IsKnown(founded.Value));
            throw new InvalidOperationException("taken back");
        }));

        Assert.Equal(heads, _ann.Log.Rights.Heads(room));
        Assert.True(May(_ann, _bo, room, RightsAction.Insert, Crew));
        Assert.False(_ann.Log.Rights.IsKnown(founded!.Value));
        _ann.Define(room, Disable(_bo));
        Assert.False(May(_ann, _bo, room, RightsAction.Insert, Crew));
        Assert.Empty(_ann.Audit());
    }

    [Fact]
    public void A_room_comes_to_a_peer_by_its_rights_log()
    {
        Uid room = FoundCrew();
        _bo.ApplyAll(_ann.Sent(room, CommitKind.Rights));

        Assert.True(_bo.Log.Rights.IsKnown(room));
        Assert.Equal(_ann.Log.Rights.Heads(room), _bo.Log.Rights.Heads(room));
        Assert.All(_ann.Sent(room, CommitKind.Rights), commit => Assert.True(_bo.Apply(commit).IsDuplicate));

        Uid row = _bo.Insert(Crew, room, ("text", Value.Text("hello")));
        _ann.ApplyAll(_bo.Sent(room));
        Assert.Equal("hello", _ann.Read(Crew, "text", row));
        Assert.Empty(_ann.Audit());
        Assert.Empty(_bo.Audit());
    }

    [Fact]
    public void A_commit_without_its_right_is_kept_and_shows_nothing()
    {
        Uid room = FoundCrew();
        _bo.ApplyAll(_ann.Sent(room, CommitKind.Rights));
        Uid row = _bo.Insert("harbour.Owner", room);

        Assert.Equal(ApplyOutcome.Void(CommitFault.NotAllowed), _ann.Apply(_bo.Sent(room)[0]));
        Assert.False(_ann.IsShown("harbour.Owner", row));
        Assert.Empty(_ann.Audit());
    }

    [Fact]
    public void A_genesis_commit_founds_no_room_but_its_own()
    {
        Uid room = FoundCrew();
        SentCommit genesis = _ann.Sent(room, CommitKind.Rights)[0];
        Uid other = new([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);

        Assert.Equal(CommitFault.UnknownRoom, _bo.Apply(genesis with { Room = other }).Fault);
        Assert.Equal(CommitFault.UnknownRoom, _bo.Apply(genesis with { Room = _bo.Room }).Fault);
        Assert.False(_bo.Log.Rights.IsKnown(other));
    }

    [Fact]
    public void Rights_of_an_unknown_room_begin_with_its_genesis()
    {
        Uid room = FoundCrew();
        _ann.Define(room, Disable(_bo));
        using HandLog later = new("bo", 9, room, kind: CommitKind.Rights);
        SentCommit merge = later.Add(Hlc.FromMilliseconds(5), RightsBody.Build([], []), _ann.Log.Rights.Heads(room).ToArray());

        Assert.Equal(CommitFault.MissingPrevious, _bo.Apply(_ann.Sent(room, CommitKind.Rights)[1]).Fault);
        Assert.Equal(CommitFault.UnknownRoom, _bo.Apply(merge).Fault);
    }

    [Fact]
    public void A_stranger_s_rights_commit_is_not_taken_and_a_member_s_is()
    {
        Uid room = FoundCrew();
        ReadOnlyMemory<Hash256> heads = _ann.Log.Rights.Heads(room);
        Hlc now = Hlc.FromMilliseconds(_ann.Clock.GetUtcNow().ToUnixTimeMilliseconds() + 1);
        using HandLog eve = new("eve", 9, room, kind: CommitKind.Rights);
        using HandLog member = new("bo", 8, room, kind: CommitKind.Rights);

        Assert.Equal(CommitFault.NotAllowed, _ann.Apply(eve.Add(now, RightsBody.Build([], []), heads.ToArray())).Fault);
        Assert.Equal(CommitFault.None, _ann.Apply(member.Add(now, RightsBody.Build([], []), heads.ToArray())).Fault);
        Assert.NotEqual(heads, _ann.Log.Rights.Heads(room));
        Assert.Single(_ann.Log.Rights.Heads(room).ToArray());
    }

    [Fact]
    public void What_a_member_may_not_do_is_kept_without_effect()
    {
        Uid room = FoundCrew();
        ReadOnlyMemory<Hash256> heads = _ann.Log.Rights.Heads(room);
        using HandLog member = new("bo", 8, room, kind: CommitKind.Rights);
        CommitBody claim = RightsBody.Build([new RightsOperation.SetUser(UserList.Admin, Uid.Zero, member.User, IsEnabled: true, [])], [Uid.Zero]);

        Assert.Equal(CommitFault.None, _ann.Apply(member.Add(Later(1), claim, heads.ToArray())).Fault);

        Assert.Equal(heads, _ann.Log.Rights.Heads(room));
        Assert.False(_ann.Log.Rights.Find(room)!.Graph.Current.IsAdmin(member.User));
        Assert.Empty(_ann.Audit());
    }

    [Fact]
    public void A_rights_commit_names_heads_that_are_here_and_older()
    {
        Uid room = FoundCrew();
        Hash256[] heads = _ann.Log.Rights.Heads(room).ToArray();
        using HandLog unknown = new("bo", 7, room, kind: CommitKind.Rights);
        using HandLog early = new("bo", 8, room, kind: CommitKind.Rights);
        using HandLog none = new("bo", 9, room, kind: CommitKind.Rights);
        CommitBody merge = RightsBody.Build([], []);

        Assert.Equal(CommitFault.MissingHead, _ann.Apply(unknown.Add(Later(1), merge, [Blake3.Hash("x"u8)])).Fault);
        Assert.Equal(CommitFault.Malformed, _ann.Apply(early.Add(Hlc.FromMilliseconds(5), merge, heads)).Fault);
        Assert.Equal(CommitFault.Malformed, _ann.Apply(none.Add(Later(1), merge, [])).Fault);
    }

    [Fact]
    public void A_data_commit_names_heads_that_are_here_and_older()
    {
        Uid room = FoundCrew();
        Hash256[] heads = _ann.Log.Rights.Heads(room).ToArray();

        Assert.Equal(CommitFault.MissingHead, ApplyInsert(Later(1), [Blake3.Hash("x"u8)]));
        Assert.Equal(CommitFault.Malformed, ApplyInsert(Hlc.FromMilliseconds(5), heads));
        Assert.Equal(CommitFault.NotMember, ApplyInsert(Later(1), []));
        Assert.Equal(CommitFault.None, ApplyInsert(Later(1), heads));

        CommitFault ApplyInsert(Hlc hlc, Hash256[] named)
        {
            using HandLog member = new("bo", (byte)(named.Length + 5), room);
            return _ann.Apply(member.Add(
                hlc, builder => builder.TryInsert(_ann.Entity(Crew), member.RowAt(hlc, 0), _ann.Assign(Crew, ("text", Value.Text("x")))), named)).Fault;
        }
    }

    [Fact]
    public void No_rights_log_stands_in_a_room_without_a_definition()
    {
        using HandLog own = new("ann", 9, _ann.Room, kind: CommitKind.Rights);
        SentCommit commit = own.Add(Later(1), RightsBody.Build([], []), []);

        Assert.Equal(CommitFault.NotAllowed, _ann.Apply(commit).Fault);
    }

    [Fact]
    public void More_heads_than_a_commit_names_are_merged_by_the_next_write()
    {
        Uid room = FoundCrew();
        Hash256[] heads = _ann.Log.Rights.Heads(room).ToArray();
        for (byte i = 0; i < 20; i++)
        {
            using HandLog member = new("bo", (byte)(100 + i), room, kind: CommitKind.Rights);
            Assert.Equal(CommitFault.None, _ann.Apply(member.Add(Later(1), RightsBody.Build([], []), heads)).Fault);
        }

        Assert.Equal(20, _ann.Log.Rights.Heads(room).Length);
        _ann.Clock.Advance(TimeSpan.FromSeconds(10));
        _ann.Insert(Crew, room, ("text", Value.Text("x")));

        Assert.InRange(_ann.Log.Rights.Heads(room).Length, 1, Limits.RightsHeadCount);
        Assert.Empty(_ann.Audit());
    }

    [Fact]
    public void Rooms_left_out_of_memory_are_read_again()
    {
        Uid[] rooms = [.. Enumerable.Range(0, 6).Select(_ => FoundCrew())];
        RightsLogs rights = new(_ann.Log.Store, new OwnRooms(_ann.User.VerifyingKey, _ann.Room)) { CapacityCount = 3 };

        for (int round = 0; round < 3; round++)
        {
            Assert.All(rooms, room => Assert.True(rights.Can(room, _bo.User.VerifyingKey, RightsAction.Insert, Crew, _bo.User.VerifyingKey)));
            Assert.InRange(rights.LoadedCount, 1, 3);
        }
    }

    [Fact]
    public void A_definition_beyond_one_commit_becomes_several()
    {
        RightsReceipt receipt = _ann.Batch(batch =>
        {
            RightsDraft draft = new();
            draft.Add(new RightsOperation.Genesis(_ann.User.VerifyingKey, new byte[16]));
            Uid crew = draft.AddAuthorisation("crew");
            for (int i = 0; i < Limits.CommitOperationCount; i++)
            {
                draft.Add(new RightsOperation.SetUser(
                    UserList.User, crew, new VerifyingKey(Blake3.Hash(BitConverter.GetBytes(i)).ToByteArray()), IsEnabled: true, []));
            }

            return batch.Define(null, draft);
        });

        Assert.Equal(2, _ann.Sent(receipt.Room, CommitKind.Rights).Count);
        RightsView view = _ann.Log.Rights.Find(receipt.Room)!.Graph.Current;
        VerifyingKey last = new(Blake3.Hash(BitConverter.GetBytes(Limits.CommitOperationCount - 1)).ToByteArray());
        Assert.True(view.IsUser(receipt.Entries[1], last));
        Assert.Equal(receipt.Entries.Length, receipt.Entries.Distinct().Count());
    }

    [Fact]
    public void Projecting_everything_again_leaves_rights_alone()
    {
        Uid room = FoundCrew();
        _ann.Insert(Crew, room, ("text", Value.Text("x")));
        string dump = _ann.Dump();

        _ann.Rebuild();

        Assert.Equal(dump, _ann.Dump());
        Assert.Empty(_ann.Audit());
    }

    [Fact]
    public void Damage_to_a_genesis_is_found()
    {
        FoundCrew();
        _ann.Connection.Execute("UPDATE \"$log\" SET room = randomblob(16) WHERE kind = 2");

        Assert.Contains(_ann.Audit(), finding => finding.What.Contains("founds another room", StringComparison.Ordinal));
    }

    public void Dispose()
    {
        _ann.Dispose();
        _bo.Dispose();
    }

    private static bool May(LogPeer at, LogPeer who, Uid room, RightsAction action, string entity) =>
        at.Log.Rights.Can(room, who.User.VerifyingKey, action, entity, who.User.VerifyingKey);

    private Hlc Later(int milliseconds) => Hlc.FromMilliseconds(_ann.Clock.GetUtcNow().ToUnixTimeMilliseconds() + milliseconds);

    // A crew whose members may write their own rows of harbour.Log: and no others'.
    private Uid FoundCrew() => _ann.Batch(batch =>
    {
        RightsDraft draft = new();
        draft.Add(new RightsOperation.Genesis(_ann.User.VerifyingKey, new byte[16]));
        Uid crew = draft.AddAuthorisation("crew");
        draft.Add(new RightsOperation.SetRight(crew, Crew, MutateSelf: true, MutateAll: false, []));
        draft.Add(new RightsOperation.SetUser(UserList.User, crew, _bo.User.VerifyingKey, IsEnabled: true, []));
        RightsReceipt receipt = batch.Define(null, draft);
        _crew = receipt.Entries[1];
        return receipt.Room;
    });

    private RightsOperation.SetUser Disable(LogPeer who) => new(UserList.User, _crew, who.User.VerifyingKey, IsEnabled: false, []);
}
