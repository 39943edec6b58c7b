using DiscreetDb.Core;
using DiscreetDb.EngineTests.Log;
using DiscreetDb.Log;
using DiscreetDb.Rooms;
using static DiscreetDb.EngineTests.Convergence.HandRoom;

namespace DiscreetDb.EngineTests.Convergence;

/// <summary>Commits that somebody made up by hand to get what they may not: each is refused, or kept and shows nothing.</summary>
public sealed class HostileCommitTests
{
    private readonly HandRoom _room = new();

    private HandDevice Ann => _room.Ann;

    private HandDevice Bo => _room.Bo;

    private HandDevice Eve => _room.Eve;

    [Fact]
    public void A_commit_signed_with_another_s_key_is_forged()
    {
        using LogPeer peer = _room.Peer();
        SentCommit eves = _room.Insert(Eve, 10, _room.Genesis, "Aria", out Uid row);

        Assert.Equal(ApplyOutcome.Refused(CommitFault.WrongSignature), peer.Apply(eves with { Certificate = Bo.Certificate }));
        Assert.False(peer.IsShown(Boat, row));
    }

    [Fact]
    public void Verification_finds_what_counts_without_right_and_what_is_void_with_it()
    {
        SentCommit theirs = _room.Insert(Bo, 10, _room.Genesis, "Aria", out Uid row);
        using LogPeer peer = _room.Peer(theirs);
        Assert.Equal(ApplyOutcome.Void(CommitFault.NotAllowed), peer.Apply(_room.Rename(Eve, 20, _room.Genesis, row, "Mine")));
        Assert.Empty(peer.Audit());

        peer.Connection.Execute("UPDATE \"$commit\" SET void = 1 - void WHERE no IN (SELECT c.no FROM \"$commit\" c WHERE c.heads <> 0)");
        peer.Reopen();
        string[] findings = [.. peer.Audit().Select(finding => finding.What)];

        Assert.Contains("is kept void, though its author had the right to it", findings);
        Assert.Contains("counts, though its author had no right to it (NotAllowed)", findings);
    }

    [Fact]
    public void Content_altered_under_a_valid_signature_is_refused()
    {
        using LogPeer peer = _room.Peer();
        SentCommit sent = _room.Insert(Bo, 10, _room.Genesis, "Aria", out _);
        byte[] altered = [.. sent.Packed];
        altered[^1] ^= 1;

        Assert.Equal(ApplyOutcome.Refused(CommitFault.WrongSignature), peer.Apply(sent with { Packed = altered }));
        Assert.True(peer.Apply(sent).IsApplied);
    }

    [Fact]
    public void A_commit_of_another_room_is_refused()
    {
        HandRoom other = new(all: true);
        using LogPeer peer = _room.Peer();
        peer.Apply(other.Founding);
        SentCommit sent = other.Insert(other.Bo, 10, other.Genesis, "Aria", out _);

        Assert.Equal(ApplyOutcome.Refused(CommitFault.WrongSignature), peer.Apply(sent with { Room = _room.Room }));
        Assert.True(peer.Apply(sent).IsApplied);
    }

    [Fact]
    public void Bytes_no_encoder_writes_are_refused()
    {
        using LogPeer peer = _room.Peer();
        SentCommit sent = _room.Insert(Bo, 10, _room.Genesis, "Aria", out _);
        byte[] padded = [sent.Packed[0], 2, .. sent.Packed.AsSpan(2)];

        Assert.Equal(CommitFault.Malformed, peer.Apply(sent with { Packed = [.. sent.Packed, 0] }).Fault);
        Assert.Equal(CommitFault.Malformed, peer.Apply(sent with { Packed = padded }).Fault);
        Assert.Equal(CommitFault.Malformed, peer.Apply(sent with { Packed = [] }).Fault);
        Assert.Equal(CommitFault.Malformed, peer.Apply(sent with { Sequence = long.MinValue }).Fault);
        Assert.Equal(CommitFault.UnknownVersion, peer.Apply(sent with { Packed = [9, .. sent.Packed.AsSpan(1)] }).Fault);
        Assert.Equal(CommitFault.TooLarge, peer.Apply(sent with { Packed = new byte[CommitCodec.MaxSizeBytes + 1] }).Fault);
    }

    [Fact]
    public void A_commit_dated_at_the_end_of_time_is_not_stored_and_moves_no_clock()
    {
        using LogPeer peer = _room.Peer();
        using CommitBodyBuilder builder = new();
        builder.TryInsert(BoatEntity, RowId.Derive(Bo.Data[^1].NextPosition(new Hlc(ulong.MaxValue)), 0), Name("Aria"));
        (SentCommit sent, _) = Bo.Sign(Bo.Data[^1], new Hlc(ulong.MaxValue), [_room.Genesis], builder.Build());

        Assert.Equal(ApplyOutcome.Refused(CommitFault.AheadOfTime), peer.Apply(sent));

        Uid own = peer.Insert("harbour.Log", peer.Room, ("text", Value.Text("now")));
        Assert.Equal(peer.Clock.GetUtcNow().ToUnixTimeMilliseconds().ToString(), peer.Read("harbour.Log", "mdate", own));
    }

    [Fact]
    public void Commits_ahead_of_time_wait_a_few_per_device_and_no_more()
    {
        using LogPeer peer = _room.Peer();
        long far = peer.Clock.GetUtcNow().ToUnixTimeMilliseconds() + (10 * Limits.ClockSkewMs);
        for (int i = 0; i < 3 * Limits.EarlyCommitCount; i++)
        {
            using CommitBodyBuilder builder = new();
            builder.TryDelete(BoatEntity, RowId.Derive(Bo.Data[^1].NextPosition(At(i)), i));
            (SentCommit sent, _) = Bo.Sign(Bo.Data[^1], Hlc.FromMilliseconds(far + i), [_room.Genesis], builder.Build());
            Assert.Equal(CommitFault.AheadOfTime, peer.Apply(sent).Fault);
        }

        Assert.InRange(peer.Log.Intake.Early.Count, 1, Limits.EarlyCommitCount);
    }

    [Fact]
    public void Another_s_keys_are_not_certified_as_one_s_own()
    {
        using LogPeer peer = _room.Peer();
        byte[] encoded = Eve.Certificate.Encoded.ToArray();
        Bo.Certificate.SignKey.CopyTo(encoded.AsSpan(1 + 32));
        Assert.True(DeviceCertificate.TryDecode(encoded, out DeviceCertificate? claimed));
        SentCommit bos = _room.Insert(Bo, 10, _room.Genesis, "Aria", out _);

        Assert.Equal(ApplyOutcome.Refused(CommitFault.WrongCertificate), peer.Apply(bos with { Certificate = claimed! }));
    }

    [Fact]
    public void Another_s_row_is_neither_changed_nor_linked_nor_deleted()
    {
        SentCommit bos = _room.Insert(Bo, 10, _room.Genesis, "Aria", out Uid row);
        using LogPeer peer = _room.Peer(bos);

        Assert.Equal(ApplyOutcome.Void(CommitFault.NotAllowed), peer.Apply(_room.Rename(Eve, 20, _room.Genesis, row, "Eve's")));
        Assert.Equal(ApplyOutcome.Void(CommitFault.NotAllowed), peer.Apply(_room.Write(Eve, 30, _room.Genesis, (builder, _) =>
            builder.TryLink(OperationKind.Link, BoatEntity, row, BoatEntity.FindField("owners")!, row))));
        Assert.Equal(ApplyOutcome.Void(CommitFault.NotAllowed), peer.Apply(_room.Write(Eve, 40, _room.Genesis, (builder, _) => builder.TryDelete(BoatEntity, row))));

        Assert.Equal("Aria", peer.Read(Boat, "name", row));
        Assert.Empty(peer.Links(Boat, "owners", row));
        Assert.Empty(peer.Audit());
    }

    [Fact]
    public void The_id_of_a_row_to_come_cannot_be_squatted()
    {
        SentCommit bos = _room.Insert(Bo, 10, _room.Genesis, "Aria", out Uid row);
        SentCommit eves = _room.Rename(Eve, 20, _room.Genesis, row, "Eve's");
        using LogPeer peer = _room.Peer();

        Assert.True(peer.Apply(eves).IsApplied);
        Assert.True(peer.Apply(bos).IsApplied);

        Assert.Equal("Aria", peer.Read(Boat, "name", row));
        Assert.Equal(1, Void(peer));
    }

    [Fact]
    public void A_commit_is_void_as_a_whole()
    {
        SentCommit bos = _room.Insert(Bo, 10, _room.Genesis, "Aria", out Uid row);
        using LogPeer peer = _room.Peer(bos);
        Uid own = default;
        SentCommit mixed = _room.Write(Eve, 20, _room.Genesis, (builder, rowAt) =>
        {
            builder.TryInsert(BoatEntity, own = rowAt(0), Name("mine"));
            builder.TryUpdate(BoatEntity, row, Name("and yours"));
        });

        Assert.True(peer.Apply(mixed).IsVoid);
        Assert.False(peer.IsShown(Boat, own));
        Assert.Equal("Aria", peer.Read(Boat, "name", row));
    }

    [Fact]
    public void A_deleted_row_is_not_brought_back_by_whoever_missed_the_deletion()
    {
        SentCommit insert = _room.Insert(Bo, 10, _room.Genesis, "Aria", out Uid row);
        SentCommit delete = _room.Write(Bo, 20, _room.Genesis, (builder, _) => builder.TryDelete(BoatEntity, row));
        SentCommit later = _room.Rename(Bo, 5_000, _room.Genesis, row, "alive");
        using LogPeer peer = _room.Peer(insert, delete, later);

        Assert.False(peer.IsShown(Boat, row));
    }

    [Fact]
    public void A_tombstone_that_names_another_entity_kills_nothing()
    {
        SentCommit insert = _room.Insert(Bo, 10, _room.Genesis, "Aria", out Uid row);
        using LogPeer peer = _room.Peer(insert);
        SentCommit delete = _room.Write(Eve, 20, _room.Genesis, (builder, _) => builder.TryDelete(peer.Entity("harbour.Owner"), row));

        Assert.True(peer.Apply(delete).IsApplied);
        Assert.Equal("Aria", peer.Read(Boat, "name", row));
    }

    [Fact]
    public void Heads_nobody_has_keep_a_commit_waiting_within_bounds()
    {
        using LogPeer peer = _room.Peer();
        for (int i = 0; i < 5; i++)
        {
            HandDevice device = HandDevice.Of(2, i + 1);
            device.Enter(_room.Room);
            SentCommit sent = _room.Insert(device, 10 + i, Blake3.Hash([(byte)i]), "Aria", out _);
            Assert.Equal(ApplyOutcome.Parked(CommitFault.MissingHead), peer.Apply(sent));
            Assert.Equal(ApplyOutcome.Parked(CommitFault.MissingHead), peer.Apply(sent));
        }

        Assert.Equal(5, peer.Count("$parked"));
    }

    [Fact]
    public void What_is_dated_back_after_a_removal_is_void()
    {
        SentCommit honest = _room.Insert(Eve, 10, _room.Genesis, "before", out Uid before);
        SentCommit removal = _room.Define(Ann, 1_000, [_room.Genesis], _room.Remove(Eve, PositionOf(Eve)));
        SentCommit backdated = _room.Insert(Eve, 20, _room.Genesis, "backdated", out Uid after);
        using LogPeer peer = _room.Peer(honest, removal);

        Assert.Equal(ApplyOutcome.Void(CommitFault.NotMember), peer.Apply(backdated));
        Assert.True(peer.IsShown(Boat, before));
        Assert.False(peer.IsShown(Boat, after));
    }

    [Fact]
    public void A_removal_voids_what_stands_above_its_cut_off_and_an_admission_brings_it_back()
    {
        SentCommit first = _room.Insert(Eve, 10, _room.Genesis, "first", out Uid one);
        SentCommit second = _room.Insert(Eve, 20, _room.Genesis, "second", out Uid two);
        SentCommit removal = _room.Define(Ann, 1_000, [_room.Genesis], _room.Remove(Eve, PositionOf(Eve, 1)));
        SentCommit admission = _room.Define(Ann, 2_000, [Ann.Rights.Id], new RightsOperation.AdmitCommits([PositionOf(Eve)], []));
        using LogPeer peer = _room.Peer(first, second);

        Assert.True(peer.Apply(removal).IsApplied);
        Assert.True(peer.IsShown(Boat, one));
        Assert.False(peer.IsShown(Boat, two));
        Assert.Equal(1, peer.Log.Rejudgement.JudgedCount);

        Assert.True(peer.Apply(admission).IsApplied);
        Assert.True(peer.IsShown(Boat, two));
        Assert.Empty(peer.Audit());
    }

    [Fact]
    public void A_device_minted_to_get_round_a_removal_says_nothing()
    {
        SentCommit removal = _room.Define(Ann, 1_000, [_room.Genesis], _room.Remove(Eve, PositionOf(Eve)));
        HandDevice minted = HandDevice.Of(2, 2);
        minted.Enter(_room.Room);
        SentCommit sent = _room.Insert(minted, 10, _room.Genesis, "from nowhere", out Uid row);
        using LogPeer early = _room.Peer(sent);
        using LogPeer late = _room.Peer(removal);

        Assert.True(early.IsShown(Boat, row));
        Assert.True(early.Apply(removal).IsApplied);
        Assert.True(late.Apply(sent).IsVoid);
        Assert.False(early.IsShown(Boat, row));
        Assert.False(late.IsShown(Boat, row));
    }

    [Fact]
    public void A_removal_answered_from_old_parents_gains_nothing()
    {
        SentCommit appointed = _room.Define(Ann, 100, [_room.Genesis], Admin(Eve, isEnabled: true));
        Hash256 then = Ann.Rights.Id;
        SentCommit removal = _room.Define(Ann, 200, [then], Admin(Eve, isEnabled: false), _room.Remove(Eve));
        SentCommit answer = _room.Define(Eve, 150, [then], Admin(Ann, isEnabled: false), Admin(_room.Carol, isEnabled: true));
        SentCommit carols = _room.Insert(_room.Carol, 160, Eve.Rights.Id, "Carol's", out Uid row);
        using LogPeer peer = _room.Peer(appointed, answer, carols);
        using LogPeer other = _room.Peer(appointed, removal, answer);
        Assert.True(peer.IsShown(Boat, row));

        Assert.True(peer.Apply(removal).IsApplied);
        Assert.True(other.Apply(carols).IsVoid);

        Assert.False(peer.IsShown(Boat, row));
        Assert.False(other.IsShown(Boat, row));
        Assert.True(peer.Log.Rights.Find(_room.Room)!.Graph.Current.IsAdmin(Ann.User));
        Assert.Equal(peer.Log.Rights.Heads(_room.Room), other.Log.Rights.Heads(_room.Room));
    }

    [Fact]
    public void A_harmless_rights_commit_that_loses_its_author_takes_what_rested_on_it_along()
    {
        SentCommit appointed = _room.Define(Ann, 100, [_room.Genesis], Admin(Bo, isEnabled: true));
        Hash256 then = Ann.Rights.Id;
        SentCommit letIn = _room.Define(Bo, 150, [then], _room.Let(_room.Carol));
        SentCommit carols = _room.Insert(_room.Carol, 160, Bo.Rights.Id, "Carol's", out Uid row);
        SentCommit untouched = _room.Insert(Eve, 170, _room.Genesis, "Eve's", out Uid other);
        SentCommit removal = _room.Define(Ann, 200, [then], Admin(Bo, isEnabled: false));
        SentCommit admission = _room.Define(Ann, 300, [Ann.Rights.Id], new RightsOperation.AdmitCommits([], [Bo.Rights.Id]));
        using LogPeer peer = _room.Peer(appointed, letIn, carols, untouched);

        peer.Apply(removal);
        Assert.False(peer.IsShown(Boat, row));
        Assert.True(peer.IsShown(Boat, other));
        Assert.Equal(1, peer.Log.Rejudgement.JudgedCount);

        peer.Apply(admission);
        Assert.True(peer.IsShown(Boat, row));
        Assert.Empty(peer.Audit());
    }

    [Fact]
    public void Edits_of_a_row_whose_insert_became_void_wait_for_it()
    {
        HandRoom room = new(all: true);
        SentCommit insert = room.Insert(room.Eve, 10, room.Genesis, "Eve's", out Uid row);
        SentCommit edit = room.Rename(room.Bo, 20, room.Genesis, row, "Bo's");
        SentCommit removal = room.Define(room.Ann, 1_000, [room.Genesis], room.Remove(room.Eve));
        SentCommit admission = room.Define(room.Ann, 2_000, [room.Ann.Rights.Id], new RightsOperation.AdmitCommits([PositionOf(room.Eve)], []));
        using LogPeer peer = room.Peer(insert, edit);

        peer.Apply(removal);
        Assert.False(peer.IsShown(Boat, row));
        Assert.Equal(1, Void(peer));
        Assert.Empty(peer.Audit());

        peer.Apply(admission);
        Assert.Equal("Bo's", peer.Read(Boat, "name", row));
        Assert.Empty(peer.Audit());
    }

    [Fact]
    public void A_device_that_signs_one_sequence_twice_ends_its_log_there()
    {
        SentCommit first = _room.Insert(Eve, 10, _room.Genesis, "first", out Uid one);
        LogHead fork = Eve.Data[^1];
        SentCommit left = _room.Insert(Eve, 20, _room.Genesis, "left", out Uid two);
        SentCommit further = _room.Insert(Eve, 30, _room.Genesis, "further", out Uid three);
        SentCommit right = _room.Write(Eve, fork, 25, _room.Genesis, (builder, rowAt) => builder.TryInsert(BoatEntity, rowAt(0), Name("right")));
        using LogPeer peer = _room.Peer(first, left, further);
        using LogPeer other = _room.Peer(first, right);
        using LogPeer told = _room.Peer(first, left);

        Assert.Equal(ApplyOutcome.Refused(CommitFault.Forked), peer.Apply(right));
        Assert.Equal(CommitFault.Forked, other.Apply(left).Fault);
        ReadOnlyMemory<byte> evidence = peer.Log.Store.Forks.FindEvidence(peer.Log.Store.Logs.Find(_room.Room, Eve.Device, CommitKind.Data)!)!.Value;
        Assert.True(told.Write(transaction => told.Log.Intake.ApplyEvidence(transaction, evidence.Span)));

        foreach (LogPeer each in (LogPeer[])[peer, other, told])
        {
            Assert.True(each.IsShown(Boat, one));
            Assert.False(each.IsShown(Boat, two));
            Assert.False(each.IsShown(Boat, three));
            Assert.Equal(1, each.Count(Boat));
            Assert.Empty(each.Audit());
        }
    }

    [Fact]
    public void Evidence_of_a_fork_is_taken_only_if_all_of_it_is_true()
    {
        SentCommit first = _room.Insert(Eve, 10, _room.Genesis, "first", out _);
        SentCommit right = _room.Write(Eve, Eve.Data[0], 25, _room.Genesis, (builder, rowAt) => builder.TryInsert(BoatEntity, rowAt(0), Name("right")));
        using LogPeer peer = _room.Peer(first);
        peer.Apply(right);
        byte[] evidence = peer.Log.Store.Forks.FindEvidence(peer.Log.Store.Logs.Find(_room.Room, Eve.Device, CommitKind.Data)!)!.Value.ToArray();

        Assert.True(ForkEvidence.TryVerify(evidence, out ForkEvidence? read));
        Assert.Equal(evidence, read.Encode());
        for (int i = 0; i < evidence.Length; i++)
        {
            byte[] altered = [.. evidence];
            altered[i] ^= 1;
            Assert.False(ForkEvidence.TryVerify(altered, out _));
            Assert.False(ForkEvidence.TryVerify(evidence.AsSpan(0, i), out _));
        }
    }

    [Fact]
    public void Long_agreed_history_is_not_erased_by_forking_it_later()
    {
        List<SentCommit> agreed = [];
        List<Uid> rows = [];
        for (int i = 0; i < 5; i++)
        {
            agreed.Add(_room.Insert(Eve, 10 + i, _room.Genesis, $"agreed {i}", out Uid row));
            rows.Add(row);
        }

        LogHead fork = Eve.Data[2];
        SentCommit removal = _room.Define(Ann, 1_000, [_room.Genesis], _room.Remove(Eve, PositionOf(Eve)));
        List<SentCommit> other = [];
        for (int i = 0; i < 5; i++)
        {
            other.Add(_room.Write(Eve, i == 0 ? fork : Eve.Data[^1], 100 + i, _room.Genesis, (builder, rowAt) => builder.TryInsert(BoatEntity, rowAt(0), Name("other"))));
        }

        using LogPeer peer = _room.Peer([.. agreed, removal]);
        using LogPeer newcomer = _room.Peer([removal]);
        foreach (SentCommit commit in other)
        {
            Assert.NotEqual(ApplyState.Applied, peer.Apply(commit).State);
        }

        // The removed user reaches the newcomer first.
        foreach (SentCommit commit in (SentCommit[])[.. agreed.Take(2), .. other])
        {
            Assert.NotEqual(ApplyState.Applied, newcomer.Apply(commit).State);
        }

        Assert.Equal(0, newcomer.Count(Boat));
        foreach (SentCommit commit in agreed)
        {
            newcomer.Apply(commit);
        }

        foreach (LogPeer each in (LogPeer[])[peer, newcomer])
        {
            Assert.All(rows, row => Assert.True(each.IsShown(Boat, row)));
            Assert.Equal(rows.Count, each.Count(Boat));
            Assert.Empty(each.Audit());
        }

        Assert.Equal(5, newcomer.Log.Store.Logs.HeadOf(newcomer.Log.Store.Logs.Find(_room.Room, Eve.Device, CommitKind.Data)!).Sequence);
    }

    [Fact]
    public void What_a_branch_spared_is_judged_again_when_it_gives_way()
    {
        SentCommit first = _room.Insert(Eve, 10, _room.Genesis, "first", out Uid one);
        LogHead fork = Eve.Data[^1];
        SentCommit left = _room.Insert(Eve, 20, _room.Genesis, "left", out _);
        LogPosition spared = PositionOf(Eve);
        SentCommit right = _room.Write(Eve, fork, 25, _room.Genesis, (builder, rowAt) => builder.TryInsert(BoatEntity, rowAt(0), Name("right")));
        LogPosition pinned = PositionOf(Eve);

        // Eve's own revocation names one branch, Ann's admission the other: an admin's word goes first, and then the log does not
        // hold what the revocation names.
        SentCommit revocation = _room.Define(Eve, 100, [_room.Genesis], new RightsOperation.RevokeDevice(spared));
        using LogPeer peer = _room.Peer(first, left, revocation);
        Assert.True(peer.IsShown(Boat, one));

        peer.Apply(_room.Define(Ann, 200, [_room.Genesis], new RightsOperation.AdmitCommits([pinned], [])));
        Assert.Equal(ApplyState.Applied, peer.Apply(right).State);

        Assert.False(peer.IsShown(Boat, one));
        Assert.Equal(2, Void(peer));
        Assert.Empty(peer.Audit());
    }

    [Fact]
    public void A_branch_that_cannot_be_stored_drives_out_none_that_is()
    {
        SentCommit left = _room.Insert(Eve, 20, _room.Genesis, "left", out Uid row);
        SentCommit right = _room.Write(Eve, Eve.Data[0], 25, Blake3.Hash("nobody's"u8), (builder, rowAt) => builder.TryInsert(BoatEntity, rowAt(0), Name("right")));
        SentCommit admission = _room.Define(Ann, 200, [_room.Genesis], new RightsOperation.AdmitCommits([PositionOf(Eve)], []));
        using LogPeer peer = _room.Peer(left, admission);

        Assert.Equal(ApplyOutcome.Refused(CommitFault.Forked), peer.Apply(right));

        Assert.Equal(1, peer.Log.Store.Logs.HeadOf(peer.Log.Store.Logs.Find(_room.Room, Eve.Device, CommitKind.Data)!).Sequence);
        Assert.False(peer.IsShown(Boat, row));
        Assert.Empty(peer.Audit());
    }

    [Fact]
    public void What_is_refused_or_void_is_written_down_once_for_each_reason()
    {
        SentCommit bos = _room.Insert(Bo, 10, _room.Genesis, "Aria", out Uid row);
        using LogPeer peer = _room.Peer(bos);
        for (int i = 0; i < 3; i++)
        {
            peer.Apply(_room.Rename(Eve, 20 + i, _room.Genesis, row, "Eve's"));
        }

        Assert.Equal(1, peer.Count("sys.Rejection"));
        Assert.Equal("NotAllowed", System.Text.Encoding.UTF8.GetString(ReadText(peer, "SELECT reason FROM \"sys.Rejection\"")));
        Assert.Empty(peer.Audit());
    }

    [Fact]
    public void Only_so_many_void_commits_of_a_user_are_kept()
    {
        SentCommit bos = _room.Insert(Bo, 10, _room.Genesis, "Aria", out Uid row);
        using LogPeer peer = _room.Peer(bos);
        IncomingCommit[] commits = [.. Enumerable.Range(0, Limits.VoidCommitCount + 5).Select(i => _room.Rename(Eve, 20 + i, _room.Genesis, row, "Eve's").Incoming)];

        IReadOnlyList<ApplyOutcome> outcomes = peer.Write(transaction => peer.Log.Intake.Apply(transaction, commits));

        Assert.Equal(Limits.VoidCommitCount, outcomes.Count(outcome => outcome.IsVoid));
        Assert.Equal(ApplyOutcome.Refused(CommitFault.Quota), outcomes[Limits.VoidCommitCount]);
        Assert.Equal(Limits.VoidCommitCount, Void(peer));
    }

    [Fact]
    public void Only_so_many_commits_of_a_user_wait()
    {
        using LogPeer peer = _room.Peer();
        SentCommit first = _room.Insert(Eve, 10, _room.Genesis, "first", out _);
        IncomingCommit[] commits = [.. Enumerable.Range(0, Limits.ParkedCommitCount + 20).Select(i => _room.Insert(Eve, 20 + i, _room.Genesis, "later", out _).Incoming)];

        IReadOnlyList<ApplyOutcome> outcomes = peer.Write(transaction => peer.Log.Intake.Apply(transaction, commits));

        Assert.All(outcomes, outcome => Assert.True(outcome.IsParked));
        Assert.Equal(Limits.ParkedCommitCount, peer.Count("$parked"));
        Assert.True(peer.Apply(first).IsApplied);
    }

    [Fact]
    public void Only_so_many_devices_of_a_user_begin_in_a_day()
    {
        using LogPeer peer = _room.Peer();
        List<ApplyOutcome> outcomes = [];
        for (int i = 0; i < Limits.DeviceLogCount + 2; i++)
        {
            HandDevice device = HandDevice.Of(2, i);
            device.Enter(_room.Room);
            outcomes.Add(peer.Apply(_room.Insert(device, 10, _room.Genesis, "Aria", out _)));
        }

        Assert.Equal(Limits.DeviceLogCount, outcomes.Count(outcome => outcome.IsApplied));
        Assert.Equal(ApplyOutcome.Refused(CommitFault.Quota), outcomes[^1]);

        peer.Clock.Advance(TimeSpan.FromDays(1.5));
        HandDevice tomorrow = HandDevice.Of(2, Limits.DeviceLogCount + 2);
        tomorrow.Enter(_room.Room);
        Assert.True(peer.Apply(_room.Insert(tomorrow, 10, _room.Genesis, "Aria", out _)).IsApplied);
    }

    private static long Void(LogPeer peer) => peer.Connection.ReadInt64("SELECT count(*) FROM \"$commit\" WHERE void = 1")!.Value;

    private static byte[] ReadText(LogPeer peer, string sql)
    {
        using DiscreetDb.Storage.Statement statement = peer.Connection.Prepare(sql);
        Assert.True(statement.Step());
        return statement.GetText(0).ToArray();
    }
}
