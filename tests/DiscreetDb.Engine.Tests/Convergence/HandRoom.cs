using DiscreetDb.Core;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Rooms;
using static DiscreetDb.Rooms.RightsOperation;

namespace DiscreetDb.EngineTests.Convergence;

/// <summary>
/// A room of Ann's in which everybody may write their own boats: Bo and Eve are members of its crew. Whatever is signed in it is
/// signed by hand.
/// </summary>
internal sealed class HandRoom
{
    public const string Boat = "harbour.Boat";

    private const long Start = 1_767_225_600_000;

    private static readonly DataModel Model = DataModelBuilder.Build(LogPeer.Model, 1);

    public HandRoom(bool all = false)
    {
        Uid crew = RightsDraft.StandInOf(1);
        CommitBody body = Body(
            new Genesis(Ann.User, new byte[16]),
            new AddAuthorisation(crew, "crew"),
            new SetRight(crew, "*", MutateSelf: true, all, []),
            new SetUser(UserList.User, crew, Bo.User, IsEnabled: true, []),
            new SetUser(UserList.User, crew, Eve.User, IsEnabled: true, []));
        Room = RoomId.Of(LogHead.Empty(Uid.Zero, CommitKind.Rights, Ann.Certificate).Next(At(1), default, body).ComputeId());
        foreach (HandDevice device in (HandDevice[])[Ann, Bo, Eve, Carol])
        {
            device.Enter(Room);
        }

        (Founding, Ann.Rights) = Ann.Sign(Ann.Rights, At(1), [], body);
        Genesis = Ann.Rights.Id;
        Crew = RightsBody.EntriesOf(new CommitPosition(Room, Ann.Device, CommitKind.Rights, 1, At(1)), 5)[1];
    }

    public HandDevice Ann { get; } = HandDevice.Of(0, 1);

    public HandDevice Bo { get; } = HandDevice.Of(1, 1);

    public HandDevice Eve { get; } = HandDevice.Of(2, 1);

    /// <summary>Nobody's yet.</summary>
    public HandDevice Carol { get; } = HandDevice.Of(3, 1);

    public Uid Room { get; }

    public Uid Crew { get; }

    /// <summary>The first rights commit.</summary>
    public Hash256 Genesis { get; }

    public SentCommit Founding { get; }

    public static Entity BoatEntity => Model.FindCanonical(Boat)!;

    public static Hlc At(long ms) => Hlc.FromMilliseconds(Start + ms);

    /// <summary>A device that holds the room's founding commit.</summary>
    public LogPeer Peer(params SentCommit[] commits)
    {
        LogPeer peer = new("somebody", device: 3);
        peer.Clock.Advance(TimeSpan.FromDays(365 * 10));
        peer.ApplyAll([Founding, .. commits]);
        return peer;
    }

    public SentCommit Define(HandDevice by, long ms, Hash256[] heads, params RightsOperation[] operations)
    {
        (SentCommit sent, by.Rights) = by.Sign(by.Rights, At(ms), [.. heads.Order()], Body(operations));
        return sent;
    }

    /// <summary>Signs a data commit behind the newest of the device; the operations get the id of the row an insert at an index makes.</summary>
    public SentCommit Write(HandDevice by, long ms, Hash256 head, Action<CommitBodyBuilder, Func<int, Uid>> operations) =>
        Write(by, by.Data[^1], ms, head, operations);

    public SentCommit Write(HandDevice by, LogHead after, long ms, Hash256 head, Action<CommitBodyBuilder, Func<int, Uid>> operations)
    {
        using CommitBodyBuilder builder = new();
        operations(builder, index => RowId.Derive(after.NextPosition(At(ms)), index));
        (SentCommit sent, LogHead end) = by.Sign(after, At(ms), [head], builder.Build());
        by.Data.Add(end);
        return sent;
    }

    public SentCommit Insert(HandDevice by, long ms, Hash256 head, string name, out Uid row)
    {
        Uid inserted = default;
        SentCommit sent = Write(by, ms, head, (builder, rowAt) => builder.TryInsert(BoatEntity, inserted = rowAt(0), Name(name)));
        row = inserted;
        return sent;
    }

    public SentCommit Rename(HandDevice by, long ms, Hash256 head, Uid row, string name) =>
        Write(by, ms, head, (builder, _) => builder.TryUpdate(BoatEntity, row, Name(name)));

    public SetUser Remove(HandDevice who, params LogPosition[] cutOffs) => new(UserList.User, Crew, who.User, IsEnabled: false, [.. cutOffs]);

    public SetUser Let(HandDevice who) => new(UserList.User, Crew, who.User, IsEnabled: true, []);

    public static SetUser Admin(HandDevice who, bool isEnabled, params LogPosition[] cutOffs) =>
        new(UserList.Admin, default, who.User, isEnabled, [.. cutOffs]);

    public static LogPosition PositionOf(HandDevice device, int sequence = -1)
    {
        LogHead head = sequence < 0 ? device.Data[^1] : device.Data.Find(known => known.Sequence == sequence)!;
        return new LogPosition(device.Device, head.Sequence, head.Id);
    }

    public static FieldAssignment[] Name(string name) => [new FieldAssignment(BoatEntity.FindField("name")!, Value.Text(name))];

    private static CommitBody Body(params RightsOperation[] operations) =>
        RightsBody.Build(operations, [.. operations.Select((_, i) => RightsDraft.StandInOf(i))]);
}
