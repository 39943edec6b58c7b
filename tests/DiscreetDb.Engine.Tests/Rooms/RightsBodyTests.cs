using System.Collections.Immutable;
using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Rooms;
using static DiscreetDb.EngineTests.Rooms.RoomHistory;

namespace DiscreetDb.EngineTests.Rooms;

public sealed class RightsBodyTests
{
    private static readonly CommitPosition Position = new(Authorisation(40), Device(1), CommitKind.Rights, 3, Hlc.FromMilliseconds(1_700_000_000_000));

    private static readonly ImmutableArray<LogPosition> Places = [new(Device(1), 7, Id(70)), new(Device(2), 0, Hash256.Zero)];

    public static TheoryData<int> Kinds => [0, 1, 2, 3, 4, 5, 6, 7, 8];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_operation_reads_back_as_it_was_written(int kind)
    {
        RightsOperation operation = Sample(kind);

        RightsOperation read = Assert.Single(RoundTrip([operation]));

        Assert.Equal(Text(operation), Text(read));
    }

    [Fact]
    public void An_authorisation_of_the_same_commit_is_named_by_its_place()
    {
        Uid added = RightsBody.EntriesOf(Position, 2)[0];

        ImmutableArray<RightsOperation> read = RoundTrip(
            [new RightsOperation.AddAuthorisation(added, "crew"), new RightsOperation.SetRight(added, "*", true, false, [])]);

        Assert.Equal(added, Assert.IsType<RightsOperation.SetRight>(read[1]).Authorisation);
    }

    [Fact]
    public void A_merge_has_no_operations()
    {
        Assert.Empty(RoundTrip([]));
    }

    [Fact]
    public void An_operation_of_a_newer_kind_is_kept_and_has_no_effect()
    {
        byte[] bytes = [CommitBody.Version, 0, 1, 99, 2, 1, 2];

        Assert.True(CommitBody.TryDecode(bytes, Position, out CommitBody? body, out _));
        Assert.True(RightsBody.TryRead(body, Position, out ImmutableArray<RightsOperation> operations));

        Assert.Equal(new RightsOperation.Unknown(99), Assert.Single(operations));
        Assert.Equal(bytes, body.Bytes.ToArray());
    }

    [Fact]
    public void Altered_bytes_are_refused_or_mean_exactly_what_they_say()
    {
        const int Seed = 20_261;
        Random random = new(Seed);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] bytes = Body([Sample(random.Next(9)), Sample(random.Next(9))]).Bytes.ToArray();
            for (int i = random.Next(3); i >= 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            if (random.Next(4) == 0)
            {
                Array.Resize(ref bytes, random.Next(bytes.Length + 3));
            }

            if (CommitBody.TryDecode(bytes, Position, out CommitBody? body, out _)
                && RightsBody.TryRead(body, Position, out ImmutableArray<RightsOperation> operations)
                && !operations.Any(operation => operation is RightsOperation.Unknown))
            {
                Assert.Equal(bytes, Body(operations).Bytes.ToArray());
            }
        }
    }

    private static RightsOperation Sample(int kind) => kind switch
    {
        0 => new RightsOperation.Genesis(User(3), new byte[16]),
        1 => Admin(4),
        2 => Member(7, 5, isEnabled: false, [.. Places]),
        3 => UserAdmin(7, 5),
        4 => new RightsOperation.AddAuthorisation(RightsBody.EntriesOf(Position, 1)[0], "crew"),
        5 => new RightsOperation.NameAuthorisation(Authorisation(8), ""),
        6 => Right(8, "harbour.Boat", self: true, all: false, [.. Places]),
        7 => new RightsOperation.AdmitCommits(Places, [Id(5), Id(9)]),
        _ => new RightsOperation.RevokeDevice(Places[0]),
    };

    private static ImmutableArray<RightsOperation> RoundTrip(ImmutableArray<RightsOperation> operations)
    {
        CommitBody written = Body(operations);
        Assert.True(CommitBody.TryDecode(written.Bytes, Position, out CommitBody? body, out CommitFault fault), fault.ToString());
        Assert.Equal(written.ComputeRoot(), body.ComputeRoot());
        Assert.True(RightsBody.TryRead(body, Position, out ImmutableArray<RightsOperation> read));
        return read;
    }

    private static CommitBody Body(ImmutableArray<RightsOperation> operations) =>
        RightsBody.Build(operations.AsSpan(), RightsBody.EntriesOf(Position, operations.Length));

    // Records compare their arrays by reference.
    private static string Text(RightsOperation operation) => operation switch
    {
        RightsOperation.Genesis genesis => $"{genesis.Creator} {Convert.ToHexString(genesis.Nonce.Span)}",
        RightsOperation.SetUser set => $"{set with { CutOffs = default }} {string.Join(",", set.CutOffs)}",
        RightsOperation.SetRight set => $"{set with { CutOffs = default }} {string.Join(",", set.CutOffs)}",
        RightsOperation.AdmitCommits admit => $"{string.Join(",", admit.Data)} {string.Join(",", admit.Rights)}",
        _ => operation.ToString(),
    };
}
