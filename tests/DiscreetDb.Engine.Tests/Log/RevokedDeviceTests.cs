using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Rooms;

namespace DiscreetDb.EngineTests.Log;

/// <summary>A user ends one of their devices (log.md §4.5): in every room they are in, and in those they enter later.</summary>
public sealed class RevokedDeviceTests : IDisposable
{
    private readonly LogPeer _phone = new("ann", device: 1);
    private readonly LogPeer _laptop = new("ann", device: 2);
    private readonly LogPeer _bo = new("bo", device: 3);

    public void Dispose()
    {
        _phone.Dispose();
        _laptop.Dispose();
        _bo.Dispose();
    }

    [Fact]
    public void It_is_revoked_in_every_shared_room_behind_what_is_known_of_it()
    {
        LearnOfThePhone();
        Uid used = Found();
        Uid unused = Found();
        Share(used);
        _phone.Insert("harbour.Log", used, ("text", Value.Text("counts")));
        _laptop.ApplyAll(_phone.Sent(used));

        Revoke();

        LogPosition end = Assert.Single(RevocationsIn(_laptop, used));
        Assert.Equal((_phone.Device, 1L), (end.Device, end.Sequence));
        Assert.Equal(new LogPosition(_phone.Device, 0, Hash256.Zero), Assert.Single(RevocationsIn(_laptop, unused)));
        Assert.Empty(_laptop.Audit());
    }

    [Fact]
    public void Twice_is_once()
    {
        LearnOfThePhone();
        Uid room = Found();

        Revoke();
        Revoke();

        Assert.Single(RevocationsIn(_laptop, room));
    }

    [Fact]
    public void In_a_room_entered_later_it_is_revoked_before_the_first_data_commit()
    {
        LearnOfThePhone();
        Revoke();
        Uid founded = Found();
        Uid invited = _bo.Found(
            new RightsOperation.AddAuthorisation(RightsDraft.StandInOf(1), "crew"),
            new RightsOperation.SetUser(UserList.User, RightsDraft.StandInOf(1), _laptop.User.VerifyingKey, true, []),
            new RightsOperation.SetRight(RightsDraft.StandInOf(1), "*", true, true, [])).Room;
        _laptop.ApplyAll(_bo.Sent(invited, CommitKind.Rights));
        Assert.Empty(RevocationsIn(_laptop, invited));

        _laptop.Insert("harbour.Log", founded, ("text", Value.Text("first")));
        _laptop.Insert("harbour.Log", invited, ("text", Value.Text("first")));
        _laptop.Insert("harbour.Log", invited, ("text", Value.Text("second")));

        Assert.All(new[] { founded, invited }, room => Assert.Equal(_phone.Device, Assert.Single(RevocationsIn(_laptop, room)).Device));
        Assert.Equal(1, _laptop.Sent(invited, CommitKind.Rights)[0].Sequence);
        _bo.ApplyAll(_laptop.Sent(invited, CommitKind.Rights));
        _bo.ApplyAll(_laptop.Sent(invited));
        Assert.Equal(_phone.Device, Assert.Single(RevocationsIn(_bo, invited)).Device);
        Assert.Empty(_laptop.Audit());
    }

    [Fact]
    public void A_room_the_user_is_no_member_of_is_left_alone()
    {
        LearnOfThePhone();
        Uid room = _bo.Found().Room;
        _laptop.ApplyAll(_bo.Sent(room, CommitKind.Rights));

        Revoke();

        Assert.Empty(RevocationsIn(_laptop, room));
        Assert.Empty(_laptop.Sent(room, CommitKind.Rights));
    }

    [Fact]
    public void What_is_rolled_back_revokes_nobody()
    {
        LearnOfThePhone();

        Assert.Throws<InvalidOperationException>(() => _laptop.Batch(batch =>
        {
            OwnDevices devices = _laptop.Log.Devices;
            devices.Revoke(batch, devices.All().Single(device => device.Device == _laptop.Device));
            Assert.True(devices.IsRevoked);
            throw new InvalidOperationException("taken back");
        }));

        Assert.False(_laptop.Log.Devices.IsRevoked);
    }

    private static IReadOnlyList<LogPosition> RevocationsIn(LogPeer peer, Uid room) =>
        [.. peer.Log.Rights.Find(room)!.Graph.Ledger.Revocations.Select(entry => entry.Value.End)];

    private Uid Found() => _laptop.Found(
        new RightsOperation.AddAuthorisation(RightsDraft.StandInOf(1), "crew"),
        new RightsOperation.SetRight(RightsDraft.StandInOf(1), "*", true, true, [])).Room;

    private void Share(Uid room) => _phone.ApplyAll(_laptop.Sent(room, CommitKind.Rights));

    private void LearnOfThePhone()
    {
        _laptop.ApplyAll(_phone.Sent());
        _laptop.Log.Devices.Forget();
    }

    private void Revoke() => _laptop.Batch(batch =>
    {
        OwnDevices devices = _laptop.Log.Devices;
        devices.Revoke(batch, devices.All().Single(device => device.Device == _phone.Device));
    });
}
