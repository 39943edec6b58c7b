using DiscreetDb.Core;
using DiscreetDb.EngineTests.Mutation;
using DiscreetDb.Log;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Log;

/// <summary>
/// Two databases that are one device, because a machine was restored as a whole, and peers that know the one: the other
/// becomes a new device and writes again what nobody else has (I9).
/// </summary>
public sealed class LogReissueTests : IDisposable
{
    private readonly LogPeer _original = new(device: 1);
    private readonly LogPeer _restored = new(device: 1);
    private readonly LogPeer _witness = new(device: 3);

    public void Dispose()
    {
        _original.Dispose();
        _restored.Dispose();
        _witness.Dispose();
    }

    [Fact]
    public void What_only_the_restored_one_has_is_written_again_with_new_ids_wherever_they_are_named()
    {
        Uid boat = InBoth(peer => InsertBoat(peer, peer.Room, "Aria", InsertBerth(peer, "old")));
        long shared = SharedData();
        _original.Insert("harbour.Log", _original.Room, ("text", Value.Text("a peer has this")));
        Uid berth = InsertBerth(_restored, "new");
        Uid second = InsertBoat(_restored, _restored.Room, "Borea", berth);
        Uid owner = _restored.Insert("harbour.Owner", _restored.Room, ("nick", Value.Text("ann")));
        _restored.Link("harbour.Boat", _restored.Room, boat, "owners", owner);
        _restored.Update("harbour.Boat", _restored.Room, boat, ("home", Value.Reference(berth)));
        Uid local = InsertBoat(_restored, null, "Local", berth);

        DeviceReplacement replacement = Resolve(shared);

        Assert.NotEqual(_original.Device, replacement.Device);
        Assert.Equal(replacement.Device, _restored.Device);
        Assert.Equal(new HashSet<Uid> { berth, second, owner }, [.. replacement.Ids.Keys]);
        Assert.All(replacement.Ids, ids => Assert.False(_restored.IsShown("harbour.Berth", ids.Key) || _restored.IsShown("harbour.Boat", ids.Key)));
        Uid newBerth = replacement.Ids[berth];
        Assert.Equal("Borea", _restored.Read("harbour.Boat", "name", replacement.Ids[second]));
        Assert.All(new[] { boat, replacement.Ids[second], local }, row => Assert.Equal(newBerth, HomeOf(_restored, row)));
        Assert.Equal([replacement.Ids[owner]], _restored.Links("harbour.Boat", "owners", boat));
        Assert.Empty(_restored.Audit());
    }

    [Fact]
    public void Everybody_takes_both_logs_afterwards_and_sees_the_same()
    {
        Uid boat = InBoth(peer => InsertBoat(peer, peer.Room, "Aria", InsertBerth(peer, "old")));
        long shared = SharedData();
        _original.Update("harbour.Boat", _original.Room, boat, ("crew", Value.Integer(5)));
        _restored.Update("harbour.Boat", _restored.Room, boat, ("name", Value.Text("renamed")));
        InsertBerth(_restored, "new");
        SentCommit[] contradicted = [.. _restored.Sent()];

        Resolve(shared);
        _restored.ApplyAll(_original.Sent().Skip((int)shared));
        SentCommit[] again = [.. _restored.Sent()];
        _witness.ApplyAll(_original.Sent());
        _witness.ApplyAll(again);

        Assert.Equal(["renamed", "5"], new[] { "name", "crew" }.Select(column => _witness.Read("harbour.Boat", column, boat)));
        Assert.Equal(["renamed", "5"], new[] { "name", "crew" }.Select(column => _restored.Read("harbour.Boat", column, boat)));
        Assert.Equal(1, again[0].Sequence);
        Assert.Empty(_restored.Audit());
        Assert.Empty(_witness.Audit());

        // Had it been sent before, it would be a fork like any other: the log of that device ends where it was signed twice.
        Assert.Equal(CommitFault.Forked, _witness.Apply(contradicted[shared]).Fault);
        Assert.Equal(["renamed", "1"], new[] { "name", "crew" }.Select(column => _witness.Read("harbour.Boat", column, boat)));
        Assert.Empty(_witness.Audit());
    }

    [Fact]
    public void What_is_written_again_keeps_its_dates()
    {
        long shared = SharedData();
        Uid berth = InsertBerth(_restored, "dated");
        string? date = _restored.Read("harbour.Berth", "mdate", berth);
        _restored.Clock.Advance(TimeSpan.FromDays(3));

        DeviceReplacement replacement = Resolve(shared);

        Assert.Equal(date, _restored.Read("harbour.Berth", "mdate", replacement.Ids[berth]));
        Assert.Equal(date, _restored.Read("harbour.Berth", "cdate", replacement.Ids[berth]));
    }

    [Fact]
    public void What_was_deleted_stays_deleted_and_what_was_erased_stays_erased()
    {
        Uid kept = InBoth(peer => InsertBerth(peer, "kept"));
        long shared = SharedData();
        Uid gone = InsertBerth(_restored, "gone");
        _restored.Delete("harbour.Berth", _restored.Room, gone);
        _restored.Delete("harbour.Berth", _restored.Room, kept);
        _restored.Clock.Advance(TimeSpan.FromDays(31));
        _restored.Write(transaction => _restored.Log.Eraser.EraseExpired(transaction, _restored.Clock.GetUtcNow(), 10));

        DeviceReplacement replacement = Resolve(shared);

        Assert.Equal([gone], replacement.Ids.Keys);
        Assert.False(_restored.IsShown("harbour.Berth", replacement.Ids[gone]));
        Assert.False(_restored.IsShown("harbour.Berth", kept));
        Assert.Empty(_restored.Audit());
    }

    [Fact]
    public void A_peer_that_is_only_ahead_makes_a_new_device_and_nothing_is_written_again()
    {
        Uid berth = InBoth(peer => InsertBerth(peer, "shared"));
        long shared = SharedData();
        _original.Insert("harbour.Log", _original.Room, ("text", Value.Text("ahead")));

        DeviceReplacement replacement = Resolve(shared);
        InsertBerth(_restored, "after");
        _restored.ApplyAll(_original.Sent().Skip((int)shared));

        Assert.Empty(replacement.Ids);
        Assert.True(_restored.IsShown("harbour.Berth", berth));
        Assert.Equal([1], _restored.Sent().Select(commit => commit.Sequence));
    }

    [Fact]
    public void A_log_of_a_former_device_is_resolved_after_the_new_one_has_written()
    {
        long shared = SharedData();
        Uid first = InsertBerth(_restored, "first");
        Resolve(shared + 1);
        Uid boat = InsertBoat(_restored, _restored.Room, "Aria", first);

        DeviceReplacement replacement = Resolve(shared, _original.Device);

        Assert.Equal("first", _restored.Read("harbour.Berth", "code", replacement.Ids[first]));
        Assert.Equal(replacement.Ids[first], HomeOf(_restored, boat));
        Assert.Empty(_restored.Audit());
    }

    [Fact]
    public void A_room_defined_differently_is_defined_again()
    {
        RightsReceipt room = _original.Found(Crew);
        Assert.Equal(room.Room, _restored.Found(Crew).Room);
        _original.Define(room.Room, new RightsOperation.NameAuthorisation(room.Entries[1], "a peer has this"));
        Uid guests = _restored.Define(
            room.Room,
            new RightsOperation.AddAuthorisation(RightsDraft.StandInOf(0), "guests"),
            new RightsOperation.SetRight(RightsDraft.StandInOf(0), "harbour.Berth", true, true, [])).Entries[0];
        _restored.Define(room.Room, new RightsOperation.NameAuthorisation(guests, "visitors"));
        Uid berth = _restored.Insert("harbour.Berth", room.Room, ("code", Value.Text("of the room")));

        DeviceReplacement replacement = _restored.Write(transaction =>
        {
            _restored.Log.ReplaceDevice(transaction, _restored.User, new CountingBytes(200));
            return new DeviceReplacement(
                _restored.Device, new LogReissue(_restored.Log, transaction).Run(new LogConflict(room.Room, _original.Device, SharedData: 0, SharedRights: 1)));
        });

        Assert.Equal(new HashSet<Uid> { guests, berth }, [.. replacement.Ids.Keys]);
        foreach (LogPeer peer in new[] { _original, _restored })
        {
            _witness.ApplyAll(peer.Sent(room.Room, CommitKind.Rights));
        }

        _restored.ApplyAll(_original.Sent(room.Room, CommitKind.Rights).Skip(1));
        _witness.ApplyAll(_restored.Sent(room.Room));
        Assert.Equal("of the room", _witness.Read("harbour.Berth", "code", replacement.Ids[berth]));
        Assert.Equal(_witness.Log.Rights.Heads(room.Room).ToArray(), _restored.Log.Rights.Heads(room.Room).ToArray());
        Assert.Empty(_restored.Audit());
    }

    [Fact]
    public void A_conflict_that_cannot_be_is_refused_and_changes_nothing()
    {
        InsertBerth(_restored, "kept");
        string dump = _restored.Dump();
        Uid device = _restored.Device;

        Assert.Throws<ArgumentException>(() => Resolve(100));
        Assert.Throws<ArgumentException>(() => Resolve(-1));
        Assert.Throws<ArgumentException>(() => Resolve(1, _witness.Device));

        Assert.Equal((dump, device), (_restored.Dump(), _restored.Device));
        InsertBerth(_restored, "goes on");
        Assert.Empty(_restored.Audit());
    }

    [Fact]
    public async Task The_engine_tells_its_listeners_and_goes_on()
    {
        await using TestEngine test = await TestEngine.Open();
        Uid device = test.Engine.Device;
        string boat = await test.Insert("mutate { harbour.Berth { room_id: $room code: \"x\" } }", new() { ["room"] = test.PrivateRoom });
        List<DeviceReplacement> told = [];
        test.Engine.DeviceReplaced += told.Add;

        DeviceReplacement replacement = await test.Engine.ResolveAsync(new LogConflict(test.Engine.PrivateRoom, device, 1, 0), CancellationToken.None);
        await test.Insert("mutate { harbour.Berth { room_id: $room code: \"y\" } }", new() { ["room"] = test.PrivateRoom });

        Assert.Same(replacement, Assert.Single(told));
        Assert.Equal(boat, Assert.Single(replacement.Ids).Key.ToString());
        Assert.NotEqual(device, test.Engine.Device);
        Assert.True((await test.Engine.VerifyAsync(CancellationToken.None)).IsSound);
    }

    private static RightsOperation[] Crew =>
    [
        new RightsOperation.AddAuthorisation(RightsDraft.StandInOf(1), "crew"),
        new RightsOperation.SetRight(RightsDraft.StandInOf(1), "*", true, true, []),
    ];

    private static Uid InsertBerth(LogPeer peer, string code) => peer.Insert("harbour.Berth", peer.Room, ("code", Value.Text(code)));

    private static Uid InsertBoat(LogPeer peer, Uid? room, string name, Uid home) => peer.Insert(
        "harbour.Boat",
        room,
        ("name", Value.Text(name)),
        ("length", Value.Float(0)),
        ("crew", Value.Integer(1)),
        ("home", Value.Reference(home)));

    private static Uid HomeOf(LogPeer peer, Uid boat) =>
        new(Convert.FromHexString(peer.Read("harbour.Boat", $"hex(\"{peer.Entity("harbour.Boat").FindField("home")!.ColumnName}\")", boat, raw: true)!));

    /// <summary>The same write in both, which gives the same commit: they are one device with one clock.</summary>
    private Uid InBoth(Func<LogPeer, Uid> write)
    {
        Uid row = write(_original);
        Assert.Equal(row, write(_restored));
        return row;
    }

    private long SharedData() => _restored.Sent()[^1].Sequence;

    private DeviceReplacement Resolve(long shared, Uid? device = null) => _restored.Write(transaction =>
    {
        Uid of = device ?? _restored.Device;
        if (of == _restored.Device)
        {
            _restored.Log.ReplaceDevice(transaction, _restored.User, new CountingBytes(200));
        }

        return new DeviceReplacement(_restored.Device, new LogReissue(_restored.Log, transaction).Run(new LogConflict(_restored.Room, of, shared, 0)));
    });
}
