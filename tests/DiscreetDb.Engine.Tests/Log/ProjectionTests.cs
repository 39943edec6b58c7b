using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Log;

public sealed class ProjectionTests : IDisposable
{
    private readonly LogPeer _peer = new();

    [Fact]
    public void A_new_database_holds_its_user_and_its_device()
    {
        Assert.Equal(1, _peer.Count("sys.Peer"));
        Assert.Equal(1, _peer.Count("sys.Device"));
        Assert.Equal(2, _peer.Count("$commit"));
        Assert.Empty(_peer.Audit());
    }

    [Fact]
    public void An_insert_is_shown_with_its_values_and_dates()
    {
        Uid row = _peer.Insert("harbour.Boat", _peer.Room, ("name", Value.Text("Aria")), ("length", Value.Float(7.5)), ("crew", Value.Integer(2)));

        Assert.Equal("Aria", _peer.Read("harbour.Boat", "name", row));
        Assert.Equal("7.5", _peer.Read("harbour.Boat", "length", row));
        Assert.Equal("null", _peer.Read("harbour.Boat", "note", row));
        Assert.Equal(_peer.Read("harbour.Boat", "cdate", row), _peer.Read("harbour.Boat", "mdate", row));
    }

    [Fact]
    public void A_row_without_room_is_local()
    {
        Uid row = _peer.Insert("harbour.Owner", null, ("nick", Value.Text("ann")));

        Assert.Equal("null", _peer.Read("harbour.Owner", "room_id", row));
    }

    [Fact]
    public void An_absent_value_shows_the_default()
    {
        Uid row = _peer.Insert("harbour.Boat", _peer.Room, ("name", Value.Text("Aria")));

        Assert.Equal("1", _peer.Read("harbour.Boat", "crew", row));
        Assert.Equal("0.0", _peer.Read("harbour.Boat", "length", row));
    }

    [Fact]
    public void All_rows_of_a_document_have_one_date()
    {
        (Uid boat, Uid owner) = _peer.Batch(batch => (
            batch.Insert(_peer.Entity("harbour.Boat"), _peer.Room, _peer.Assign("harbour.Boat", ("name", Value.Text("Aria")))),
            batch.Insert(_peer.Entity("harbour.Owner"), null, [])));

        Assert.Equal(_peer.Read("harbour.Boat", "mdate", boat), _peer.Read("harbour.Owner", "mdate", owner));
    }

    [Fact]
    public void An_update_changes_only_the_given_fields()
    {
        Uid row = _peer.Insert("harbour.Boat", _peer.Room, ("name", Value.Text("Aria")), ("crew", Value.Integer(2)));
        string created = _peer.Read("harbour.Boat", "cdate", row)!;
        _peer.Clock.Advance(TimeSpan.FromSeconds(1));

        _peer.Update("harbour.Boat", _peer.Room, row, ("crew", Value.Integer(3)));

        Assert.Equal("Aria", _peer.Read("harbour.Boat", "name", row));
        Assert.Equal("3", _peer.Read("harbour.Boat", "crew", row));
        Assert.Equal(created, _peer.Read("harbour.Boat", "cdate", row));
        Assert.NotEqual(created, _peer.Read("harbour.Boat", "mdate", row));
    }

    [Fact]
    public void Null_brings_a_field_back_to_its_default()
    {
        Uid row = _peer.Insert("harbour.Boat", _peer.Room, ("name", Value.Text("Aria")), ("crew", Value.Integer(2)));

        _peer.Update("harbour.Boat", _peer.Room, row, ("crew", Value.Null));

        Assert.Equal("1", _peer.Read("harbour.Boat", "crew", row));
    }

    [Fact]
    public void A_row_keeps_its_number_until_it_goes()
    {
        Uid row = _peer.Insert("harbour.Boat", _peer.Room, ("name", Value.Text("Aria")));
        string number = _peer.Read("harbour.Boat", "$doc", row)!;

        _peer.Update("harbour.Boat", _peer.Room, row, ("crew", Value.Integer(2)));
        Assert.Empty(_peer.Documents.ChangedDocs);

        _peer.Update("harbour.Boat", _peer.Room, row, ("name", Value.Text("Borea")));
        Assert.Equal(number, _peer.Read("harbour.Boat", "$doc", row));
        Assert.Equal([long.Parse(number)], _peer.Documents.ChangedDocs);
    }

    [Fact]
    public void A_deleted_row_leaves_no_row_and_no_link()
    {
        Uid boat = _peer.Insert("harbour.Boat", _peer.Room, ("name", Value.Text("Aria")));
        Uid owner = _peer.Insert("harbour.Owner", _peer.Room);
        _peer.Link("harbour.Boat", _peer.Room, boat, "owners", owner);
        Assert.Equal([owner], _peer.Links("harbour.Boat", "owners", boat));

        _peer.Delete("harbour.Owner", _peer.Room, owner);
        Assert.Empty(_peer.Links("harbour.Boat", "owners", boat));
        Assert.True(_peer.IsShown("harbour.Boat", boat));

        _peer.Delete("harbour.Boat", _peer.Room, boat);
        Assert.False(_peer.IsShown("harbour.Boat", boat));
        Assert.Empty(_peer.Audit());
    }

    [Fact]
    public void A_link_is_a_change_of_its_source_only()
    {
        Uid boat = _peer.Insert("harbour.Boat", _peer.Room, ("name", Value.Text("Aria")));
        Uid owner = _peer.Insert("harbour.Owner", _peer.Room);
        string boatDate = _peer.Read("harbour.Boat", "mdate", boat)!;
        string ownerDate = _peer.Read("harbour.Owner", "mdate", owner)!;
        _peer.Clock.Advance(TimeSpan.FromSeconds(1));

        _peer.Link("harbour.Boat", _peer.Room, boat, "owners", owner);

        Assert.NotEqual(boatDate, _peer.Read("harbour.Boat", "mdate", boat));
        Assert.Equal(ownerDate, _peer.Read("harbour.Owner", "mdate", owner));
    }

    [Fact]
    public void Changes_are_noted_once_per_row()
    {
        IReadOnlyList<RowChange> changes = _peer.ChangesOf(transaction =>
        {
            CommitBatch batch = _peer.Log.Begin(transaction);
            Uid row = batch.Insert(_peer.Entity("harbour.Owner"), _peer.Room, []);
            batch.Update(_peer.Entity("harbour.Owner"), _peer.Room, row, _peer.Assign("harbour.Owner", ("nick", Value.Text("x"))));
            batch.Complete();
        });

        RowChange change = Assert.Single(changes);
        Assert.Equal(ChangeKind.Inserted, change.Kind);
        Assert.Equal("harbour.Owner", change.Entity);
    }

    [Fact]
    public void A_rolled_back_document_leaves_nothing()
    {
        string before = _peer.Dump();

        Assert.Throws<InvalidTimeZoneException>(() => _peer.Batch(batch =>
        {
            batch.Insert(_peer.Entity("harbour.Log"), _peer.Room, _peer.Assign("harbour.Log", ("text", Value.Text("x"))));
            throw new InvalidTimeZoneException();
        }));

        Assert.Equal(before, _peer.Dump());
        Uid row = _peer.Insert("harbour.Log", _peer.Room, ("text", Value.Text("y")));
        Assert.True(_peer.IsShown("harbour.Log", row));
        Assert.Empty(_peer.Audit());
    }

    [Fact]
    public void A_large_document_becomes_several_commits()
    {
        IReadOnlyList<CommitSummary> commits = _peer.Write(transaction =>
        {
            CommitBatch batch = _peer.Log.Begin(transaction);
            for (int i = 0; i < 2_500; i++)
            {
                batch.Insert(_peer.Entity("harbour.Owner"), _peer.Room, []);
            }

            return batch.Complete();
        });

        Assert.Equal([1_000, 1_000, 500], commits.Select(commit => commit.OperationCount));
        Assert.Equal([2L, 3L, 4L], commits.Select(commit => commit.Sequence));
        Assert.Equal(2_500, _peer.Count("harbour.Owner"));
        Assert.Single(DistinctDates());
        Assert.Empty(_peer.Audit());
    }

    [Fact]
    public void A_document_of_many_bytes_becomes_several_commits()
    {
        byte[] text = new byte[200_000];
        text.AsSpan().Fill((byte)'x');

        IReadOnlyList<CommitSummary> commits = _peer.Write(transaction =>
        {
            CommitBatch batch = _peer.Log.Begin(transaction);
            for (int i = 0; i < 12; i++)
            {
                batch.Insert(_peer.Entity("harbour.Log"), _peer.Room, _peer.Assign("harbour.Log", ("text", Value.Text(text))));
            }

            return batch.Complete();
        });

        Assert.Equal([5, 5, 2], commits.Select(commit => commit.OperationCount));
        Assert.All(_peer.Sent(), sent => Assert.True(sent.Packed.Length <= CommitCodec.MaxSizeBytes));
        Assert.Empty(_peer.Audit());
    }

    [Fact]
    public void A_row_beyond_its_bound_is_refused()
    {
        DiscreetException failure = Assert.Throws<DiscreetException>(() =>
            _peer.Insert("harbour.Log", _peer.Room, ("text", Value.Text(new string('x', Limits.RowSizeBytes)))));

        Assert.Equal(ErrorCode.RowTooLarge, failure.Code);
        Assert.Contains("262144", failure.Message);
    }

    [Fact]
    public void Values_of_a_deleted_local_row_are_erased_at_once()
    {
        Uid row = _peer.Insert("harbour.Log", null, ("text", Value.Text("secret words")));
        Uid kept = _peer.Insert("harbour.Log", null, ("text", Value.Text("other words")));
        _peer.Update("harbour.Log", null, row, ("text", Value.Text("secret again")));

        _peer.Delete("harbour.Log", null, row);

        Assert.False(AnyBodyContains("secret"));
        Assert.True(AnyBodyContains("other words"));
        Assert.True(_peer.IsShown("harbour.Log", kept));
        Assert.Empty(_peer.Audit());
    }

    [Fact]
    public void Values_of_a_deleted_row_are_erased_after_thirty_days()
    {
        Uid row = _peer.Insert("harbour.Log", _peer.Room, ("text", Value.Text("secret words")));
        _peer.Delete("harbour.Log", _peer.Room, row);

        _peer.Clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(0, EraseExpired());
        Assert.True(AnyBodyContains("secret"));

        _peer.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal(1, EraseExpired());
        Assert.False(AnyBodyContains("secret"));
        Assert.Equal(0, EraseExpired());
        Assert.Empty(_peer.Audit());
    }

    [Fact]
    public void An_open_batch_that_was_forgotten_is_not_followed_by_another()
    {
        Assert.Throws<InvalidOperationException>(() => _peer.Write(transaction =>
        {
            _peer.Log.Begin(transaction);
            return _peer.Log.Begin(transaction);
        }));

        _peer.Insert("harbour.Owner", null);
    }

    [Fact]
    public void A_reopened_database_continues_its_logs()
    {
        Uid row = _peer.Insert("harbour.Log", _peer.Room, ("text", Value.Text("x")));

        _peer.Reopen();
        _peer.Update("harbour.Log", _peer.Room, row, ("text", Value.Text("y")));

        Assert.Equal("y", _peer.Read("harbour.Log", "text", row));
        Assert.Empty(_peer.Audit());
    }

    [Fact]
    public void Writing_continues_after_everything_stored_though_the_clock_went_back()
    {
        Uid row = _peer.Insert("harbour.Log", _peer.Room, ("text", Value.Text("x")));
        string date = _peer.Read("harbour.Log", "mdate", row)!;
        _peer.Clock.Advance(TimeSpan.FromDays(-400));

        _peer.Reopen();
        _peer.Update("harbour.Log", _peer.Room, row, ("text", Value.Text("y")));

        Assert.Equal("y", _peer.Read("harbour.Log", "text", row));
        Assert.Equal(date, _peer.Read("harbour.Log", "mdate", row));
    }

    public void Dispose() => _peer.Dispose();

    private int EraseExpired() => _peer.Write(transaction => _peer.Log.Eraser.EraseExpired(transaction, _peer.Clock.GetUtcNow(), 100));

    private bool AnyBodyContains(string text)
    {
        using Statement statement = _peer.Connection.Prepare("SELECT count(*) FROM \"$commit\" WHERE instr(body, CAST(?1 AS BLOB)) > 0");
        statement.BindText(1, text);
        return statement.Step() && statement.GetInt64(0) > 0;
    }

    private List<long> DistinctDates()
    {
        using Statement statement = _peer.Connection.Prepare("SELECT DISTINCT mdate FROM \"harbour.Owner\"");
        List<long> dates = [];
        while (statement.Step())
        {
            dates.Add(statement.GetInt64(0));
        }

        return dates;
    }
}
