using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Log;

public sealed class IntakeTests : IDisposable
{
    private readonly LogPeer _left = new(device: 1);
    private readonly LogPeer _right = new(device: 2);

    [Fact]
    public void A_commit_of_another_device_of_the_user_is_taken()
    {
        Uid row = _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("hello")));

        _right.ApplyAll(_left.Sent());

        Assert.Equal("hello", _right.Read("harbour.Log", "text", row));
        Assert.Empty(_right.Audit());
    }

    [Fact]
    public void A_commit_taken_twice_is_a_duplicate_and_changes_nothing()
    {
        _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("hello")));
        _right.ApplyAll(_left.Sent());
        string dump = _right.Dump();

        Assert.All(_left.Sent(), commit => Assert.True(_right.Apply(commit).IsDuplicate));
        Assert.Equal(dump, _right.Dump());
    }

    [Fact]
    public void A_commit_whose_predecessor_is_missing_waits_for_it()
    {
        Uid row = _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("hello")));
        IReadOnlyList<SentCommit> sent = _left.Sent();

        Assert.Equal(ApplyOutcome.Parked(CommitFault.MissingPrevious), _right.Apply(sent[1]));
        _right.Reopen();
        Assert.True(_right.Apply(sent[0]).IsApplied);

        Assert.Equal("hello", _right.Read("harbour.Log", "text", row));
        Assert.True(_right.Apply(sent[1]).IsDuplicate);
        Assert.Equal(0, _right.Count("$parked"));
    }

    [Fact]
    public void Altered_content_is_not_taken()
    {
        _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("hello")));
        IReadOnlyList<SentCommit> sent = _left.Sent();
        _right.Apply(sent[0]);
        byte[] altered = [.. sent[1].Packed];
        altered[^1] ^= 1;

        Assert.Equal(CommitFault.WrongSignature, _right.Apply(sent[1] with { Packed = altered }).Fault);
    }

    [Fact]
    public void Two_commits_with_one_sequence_are_a_fork()
    {
        using LogPeer twin = new(device: 1);
        _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("one")));
        twin.Insert("harbour.Log", twin.Room, ("text", Value.Text("two")));
        _right.ApplyAll(_left.Sent());

        Assert.True(_right.Apply(twin.Sent()[0]).IsDuplicate);
        Assert.Equal(CommitFault.Forked, _right.Apply(twin.Sent()[1]).Fault);
    }

    [Fact]
    public void A_commit_far_ahead_of_the_clock_is_not_taken_yet()
    {
        _left.Clock.Advance(TimeSpan.FromMinutes(3));
        _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("hello")));
        IReadOnlyList<SentCommit> sent = _left.Sent();
        _right.Apply(sent[0]);

        Assert.Equal(CommitFault.AheadOfTime, _right.Apply(sent[1]).Fault);
        Assert.Equal(1, _right.Log.Intake.Early.Count);
        _right.Clock.Advance(TimeSpan.FromMinutes(2));
        _right.Write(transaction =>
        {
            _right.Log.Intake.RetryEarly(transaction);
            return 0;
        });

        Assert.Equal(0, _right.Log.Intake.Early.Count);
        Assert.True(_right.Apply(sent[1]).IsDuplicate);
    }

    [Fact]
    public void A_local_write_is_dated_after_everything_taken_in()
    {
        _left.Clock.Advance(TimeSpan.FromSeconds(100));
        Uid row = _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("ahead")));
        _right.ApplyAll(_left.Sent());

        _right.Update("harbour.Log", _right.Room, row, ("text", Value.Text("later")));

        Assert.Equal("later", _right.Read("harbour.Log", "text", row));
        _left.ApplyAll(_right.Sent());
        Assert.Equal("later", _left.Read("harbour.Log", "text", row));
    }

    [Fact]
    public void Strangers_write_neither_here_nor_into_local_rows()
    {
        using LogPeer stranger = new("eve", device: 3);
        stranger.Insert("harbour.Log", stranger.Room, ("text", Value.Text("x")));
        stranger.Insert("harbour.Log", null, ("text", Value.Text("x")));
        using HandLog into = new("eve", 100, _right.Room);
        Entity log = _right.Entity("harbour.Log");
        SentCommit forged = into.Add(Hlc.FromMilliseconds(1), builder => builder.TryInsert(
            log, into.RowAt(Hlc.FromMilliseconds(1), 0), _right.Assign("harbour.Log", ("text", Value.Text("x")))));

        Assert.Equal(CommitFault.UnknownRoom, _right.Apply(stranger.Sent()[0]).Fault);
        Assert.Equal(CommitFault.UnknownRoom, _right.Apply(stranger.Sent(Uid.Zero)[0]).Fault);
        Assert.Equal(ApplyOutcome.Refused(CommitFault.NotMember), _right.Apply(forged));
        Assert.Equal(0, _right.Count("harbour.Log"));
    }

    [Fact]
    public void A_certificate_that_is_not_signed_is_not_taken()
    {
        SentCommit sent = _left.Sent()[0];
        byte[] encoded = sent.Certificate.Encoded.ToArray();
        encoded[^1] ^= 1;
        bool isRead = DeviceCertificate.TryDecode(encoded, out DeviceCertificate? forged);

        Assert.True(isRead);
        Assert.Equal(CommitFault.WrongCertificate, _right.Apply(sent with { Certificate = forged! }).Fault);
    }

    [Fact]
    public void Values_erased_before_they_are_sent_still_verify()
    {
        Uid row = _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("secret")));
        _left.Delete("harbour.Log", _left.Room, row);
        _left.Clock.Advance(TimeSpan.FromDays(31));
        _left.Write(transaction => _left.Log.Eraser.EraseExpired(transaction, _left.Clock.GetUtcNow(), 10));

        _right.ApplyAll(_left.Sent());

        Assert.False(_right.IsShown("harbour.Log", row));
        Assert.Empty(_right.Audit());
    }

    [Fact]
    public void Damage_is_found_and_named()
    {
        for (int i = 0; i < 5; i++)
        {
            _left.Insert("harbour.Log", _left.Room, ("text", Value.Text($"text {i}")));
        }

        Damage("UPDATE \"$commit\" SET body = replace(body, CAST('text 3' AS BLOB), CAST('text x' AS BLOB)) WHERE instr(body, CAST('text 3' AS BLOB)) > 0");
        AuditFinding finding = Assert.Single(_left.Audit());
        Assert.Equal(5, finding.Sequence);
        Assert.Contains("does not hold what its id says", finding.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_commit_is_found()
    {
        for (int i = 0; i < 3; i++)
        {
            _left.Insert("harbour.Log", _left.Room, ("text", Value.Text($"text {i}")));
        }

        Damage("DELETE FROM \"$commit\" WHERE instr(body, CAST('text 1' AS BLOB)) > 0");
        Assert.Contains(_left.Audit(), finding => finding.What.Contains("missing", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UPDATE \"harbour.Boat\" SET name = 'other'", "column name")]
    [InlineData("UPDATE \"harbour.Boat\" SET mdate = mdate + 1", "column mdate")]
    [InlineData("DELETE FROM \"harbour.Boat\"", "neither in the table")]
    [InlineData("DELETE FROM \"harbour.Boat.owners\"", "link owners")]
    [InlineData("DELETE FROM \"$history\"", "history")]
    [InlineData("DELETE FROM \"$tombstone\"", "tombstone")]
    [InlineData("INSERT INTO \"harbour.Berth\" SELECT 9, x'00112233445566778899aabbccddeeff', room_id, cdate, mdate, \"$author\", \"$creator\", \"$insert\", \"$newest\", NULL, NULL, 'N4', 0 FROM \"harbour.Boat\"", "no commit inserts")]
    public void Tables_that_are_not_what_the_log_says_are_found(string damage, string expected)
    {
        Uid boat = _left.Insert("harbour.Boat", _left.Room, ("name", Value.Text("Aria")));
        Uid owner = _left.Insert("harbour.Owner", _left.Room);
        Uid gone = _left.Insert("harbour.Owner", _left.Room);
        _left.Link("harbour.Boat", _left.Room, boat, "owners", owner);
        _left.Update("harbour.Boat", _left.Room, boat, ("crew", Value.Integer(2)));
        _left.Delete("harbour.Owner", _left.Room, gone);
        Assert.Empty(_left.Audit());

        Damage(damage);

        Assert.Contains(_left.Audit(), finding => finding.ToString().Contains(expected, StringComparison.Ordinal));
        if (!damage.Contains("Berth", StringComparison.Ordinal))
        {
            _left.Rebuild();
            Assert.Empty(_left.Audit());
        }
    }

    [Fact]
    public void Nothing_is_signed_on_top_of_damage()
    {
        _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("last")));
        Damage("UPDATE \"$commit\" SET body = replace(body, CAST('last' AS BLOB), CAST('lost' AS BLOB)) WHERE instr(body, CAST('last' AS BLOB)) > 0");
        _left.Reopen();

        DiscreetException failure = Assert.Throws<DiscreetException>(() => _left.Insert("harbour.Log", _left.Room, ("text", Value.Text("next"))));

        Assert.Equal(ErrorCode.DatabaseCorrupt, failure.Code);
    }

    [Fact]
    public void Another_users_key_does_not_open_the_log()
    {
        using UserKeys other = UserKeys.Derive("example.com/test", LogPeer.KeyOf("bob"));

        DiscreetException failure = Assert.Throws<DiscreetException>(() => _left.Write(transaction =>
            CommitLog.Open(transaction, _left.Options(_left.Log.Model) with { User = other })));

        Assert.Equal(ErrorCode.WrongKey, failure.Code);
    }

    public void Dispose()
    {
        _left.Dispose();
        _right.Dispose();
    }

    private void Damage(string sql)
    {
        using Statement statement = _left.Connection.Prepare(sql);
        statement.Run();
        Assert.True(_left.Connection.Changes > 0);
    }
}
