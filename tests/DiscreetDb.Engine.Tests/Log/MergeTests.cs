using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Log;

/// <summary>The merge rules of log.md §3, case by case, each in both orders of arrival.</summary>
public sealed class MergeTests : IDisposable
{
    private static readonly Uid Room = Uid.Parse("AAECAwQFBgcICQoLDA0ODw");
    private static readonly Uid OtherRoom = Uid.Parse("EBESExQVFhcYGRobHB0eHw");

    private readonly DataModel _model = DataModelBuilder.Build(LogPeer.Model, 1);
    private readonly HandLog _ann = new("ann", 1, Room);
    private readonly HandLog _bob = new("bob", 80, Room);
    private readonly HandLog _elsewhere = new("eve", 160, OtherRoom);
    private readonly List<SentCommit> _sent = [];
    private readonly List<LogPeer> _peers = [];

    private Entity Boat => _model.FindCanonical("harbour.Boat")!;

    private Entity Owner => _model.FindCanonical("harbour.Owner")!;

    [Fact]
    public void Concurrent_updates_of_different_fields_both_survive()
    {
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Update(_ann, 20, row, ("crew", Value.Integer(2)));
        Update(_bob, 21, row, ("length", Value.Float(9)));

        Expect(row, ("name", "Aria"), ("crew", "2"), ("length", "9.0"));
    }

    [Fact]
    public void Of_two_updates_of_one_field_the_later_stands()
    {
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Update(_bob, 30, row, ("name", Value.Text("Borea")));
        Update(_ann, 20, row, ("name", Value.Text("Cirro")));

        Expect(row, ("name", "Borea"), ("mdate", "30"));
    }

    [Fact]
    public void Of_two_updates_at_one_time_the_greater_commit_stands_everywhere()
    {
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Update(_bob, 20, row, ("name", Value.Text("Borea")));
        Update(_ann, 20, row, ("name", Value.Text("Cirro")));

        string expected = _bob.Head.Id.CompareTo(_ann.Head.Id) > 0 ? "Borea" : "Cirro";
        Expect(row, ("name", expected));
    }

    [Fact]
    public void Within_a_commit_the_last_operation_stands()
    {
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Send(_bob, 20, builder =>
        {
            builder.TryUpdate(Boat, row, Assign(Boat, ("name", Value.Text("first")), ("crew", Value.Integer(7))));
            builder.TryUpdate(Boat, row, Assign(Boat, ("name", Value.Text("second"))));
        });

        Expect(row, ("name", "second"), ("crew", "7"));
    }

    [Fact]
    public void An_update_dated_before_the_insert_changes_nothing()
    {
        Uid row = Insert(_ann, 100, ("name", Value.Text("Aria")));
        Update(_bob, 50, row, ("name", Value.Text("old")), ("crew", Value.Integer(5)));

        Expect(row, ("name", "Aria"), ("crew", "1"), ("mdate", "100"));
    }

    [Fact]
    public void A_deleted_row_stays_deleted_whatever_comes_later()
    {
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Send(_bob, 20, builder => builder.TryDelete(Boat, row));
        Update(_ann, 30, row, ("name", Value.Text("alive")));

        ExpectGone(row);
    }

    [Fact]
    public void A_deletion_dated_before_the_insert_deletes_nothing()
    {
        Uid row = Insert(_ann, 100, ("name", Value.Text("Aria")));
        Send(_bob, 20, builder => builder.TryDelete(Boat, row));

        Expect(row, ("name", "Aria"));
    }

    [Fact]
    public void A_tombstone_that_names_another_entity_does_nothing()
    {
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Send(_bob, 20, builder => builder.TryDelete(Owner, row));

        Expect(row, ("name", "Aria"), ("mdate", "10"));
    }

    [Fact]
    public void Operations_of_another_room_do_nothing()
    {
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Update(_elsewhere, 20, row, ("name", Value.Text("stolen")));
        Send(_elsewhere, 30, builder => builder.TryDelete(Boat, row));

        Expect(row, ("name", "Aria"), ("mdate", "10"));
    }

    [Fact]
    public void A_link_and_its_removal_are_decided_by_the_later_one()
    {
        Uid boat = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Uid owner = InsertOwner(_ann, 11);
        Link(_ann, 20, OperationKind.Link, boat, owner);
        Link(_bob, 30, OperationKind.Unlink, boat, owner);

        ExpectLinks(boat);
        Link(_ann, 40, OperationKind.Link, boat, owner);
        ExpectLinks(boat, owner);
    }

    [Fact]
    public void A_removal_that_comes_before_its_link_still_wins()
    {
        Uid boat = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Uid owner = InsertOwner(_ann, 11);
        Link(_bob, 30, OperationKind.Unlink, boat, owner);
        Link(_ann, 20, OperationKind.Link, boat, owner);

        ExpectLinks(boat);
    }

    [Fact]
    public void A_link_to_a_deleted_row_is_not_present_whichever_comes_first()
    {
        Uid boat = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Uid owner = InsertOwner(_ann, 11);
        Send(_bob, 20, builder => builder.TryDelete(Owner, owner));
        Link(_ann, 30, OperationKind.Link, boat, owner);

        ExpectLinks(boat);
    }

    [Fact]
    public void A_row_without_a_required_value_is_shown_when_it_comes()
    {
        Uid row = Insert(_ann, 10, ("crew", Value.Integer(2)));
        ExpectGone(row);

        Update(_bob, 20, row, ("name", Value.Text("Aria")));
        Expect(row, ("name", "Aria"), ("crew", "2"), ("cdate", "10"), ("mdate", "20"));
    }

    [Fact]
    public void An_explicit_null_for_a_required_field_leaves_the_older_value()
    {
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Update(_bob, 20, row, ("name", Value.Null));

        Expect(row, ("name", "Aria"), ("mdate", "20"));
    }

    [Fact]
    public void A_value_of_another_type_leaves_the_older_value()
    {
        DataModel other = DataModelBuilder.Build("harbour { Boat { name: Integer, length: Integer, crew: String } }", 1);
        Entity theirs = other.FindCanonical("harbour.Boat")!;
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")), ("crew", Value.Integer(2)));
        Send(_bob, 20, builder => builder.TryUpdate(theirs, row, Assign(theirs, ("name", Value.Integer(1)), ("length", Value.Integer(12)), ("crew", Value.Text("many")))));

        Expect(row, ("name", "Aria"), ("crew", "2"), ("length", "12.0"));
    }

    [Fact]
    public void A_value_of_another_type_does_not_hide_an_older_one_that_comes_later()
    {
        DataModel other = DataModelBuilder.Build("harbour { Boat { name: Integer } }", 1);
        Entity theirs = other.FindCanonical("harbour.Boat")!;
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Send(_bob, 30, builder => builder.TryUpdate(theirs, row, Assign(theirs, ("name", Value.Integer(1)))));
        Update(_ann, 20, row, ("name", Value.Text("Borea")));

        Expect(row, ("name", "Borea"), ("mdate", "30"));
    }

    [Fact]
    public void Operations_that_come_before_their_row_wait_for_it()
    {
        Uid row = Insert(_ann, 10, ("name", Value.Text("Aria")));
        Update(_bob, 20, row, ("crew", Value.Integer(4)));
        Link(_bob, 21, OperationKind.Link, row, row);

        Expect(row, ("crew", "4"));
    }

    [Fact]
    public void A_row_is_shown_only_when_what_it_lacks_has_come_however_often_it_changes()
    {
        DataModel theirs = DataModelBuilder.Build("harbour { Boat { name: String, mast: String nullable } }", 1);
        Uid row = Insert(_ann, 10);
        for (int i = 0; i < 20; i++)
        {
            Update(_bob, 20 + i, row, ("crew", Value.Integer(i)), ("name", Value.Null));
        }

        ExpectGone(row);
        Entity boat = theirs.FindCanonical("harbour.Boat")!;
        Send(_ann, 60, builder => builder.TryUpdate(boat, row, Assign(boat, ("mast", Value.Text("tall")))));
        ExpectGone(row);
        Update(_ann, 70, row, ("name", Value.Text("Aria")));
        Expect(row, ("name", "Aria"), ("crew", "19"));
    }

    [Fact]
    public void Operations_of_another_room_do_not_complete_a_row()
    {
        Uid row = Insert(_ann, 10, ("crew", Value.Integer(2)));
        Update(_bob, 20, row, ("crew", Value.Integer(3)));
        Update(_elsewhere, 30, row, ("name", Value.Text("stolen")));

        ExpectGone(row);
    }

    [Fact]
    public void What_an_incomplete_row_lacks_is_not_given_by_an_update_dated_before_it()
    {
        Uid row = Insert(_ann, 100, ("crew", Value.Integer(2)));
        Update(_ann, 110, row, ("crew", Value.Integer(3)));
        Update(_bob, 50, row, ("name", Value.Text("old")));

        ExpectGone(row);
    }

    [Fact]
    public void A_link_dated_before_its_source_was_inserted_is_not_made()
    {
        Uid boat = Insert(_ann, 100, ("name", Value.Text("Aria")));
        Uid early = InsertOwner(_bob, 20);
        Link(_bob, 50, OperationKind.Link, boat, early);

        ExpectLinks(boat);
    }

    public void Dispose()
    {
        _ann.Dispose();
        _bob.Dispose();
        _elsewhere.Dispose();
        _peers.ForEach(peer => peer.Dispose());
    }

    private static Hlc At(long ms) => Hlc.FromMilliseconds(ms);

    private static FieldAssignment[] Assign(Entity entity, params (string Field, Value Value)[] values) =>
        [.. values.Select(value => new FieldAssignment(entity.FindField(value.Field)!, value.Value))];

    private Uid Insert(HandLog log, long ms, params (string Field, Value Value)[] values)
    {
        Uid row = log.RowAt(At(ms), 0);
        Send(log, ms, builder => builder.TryInsert(Boat, row, Assign(Boat, values)));
        return row;
    }

    private Uid InsertOwner(HandLog log, long ms)
    {
        Uid row = log.RowAt(At(ms), 0);
        Send(log, ms, builder => builder.TryInsert(Owner, row, []));
        return row;
    }

    private void Update(HandLog log, long ms, Uid row, params (string Field, Value Value)[] values) =>
        Send(log, ms, builder => builder.TryUpdate(Boat, row, Assign(Boat, values)));

    private void Link(HandLog log, long ms, OperationKind kind, Uid row, Uid target) =>
        Send(log, ms, builder => builder.TryLink(kind, Boat, row, Boat.FindField("owners")!, target));

    private void Send(HandLog log, long ms, Action<CommitBodyBuilder> operations) => _sent.Add(log.Add(At(ms), operations));

    private void Expect(Uid row, params (string Column, string Value)[] columns) => InEveryOrder(peer =>
    {
        foreach ((string column, string value) in columns)
        {
            Assert.Equal(value, peer.Read("harbour.Boat", column, row));
        }
    });

    private void ExpectGone(Uid row) => InEveryOrder(peer => Assert.False(peer.IsShown("harbour.Boat", row)));

    private void ExpectLinks(Uid row, params Uid[] targets) => InEveryOrder(peer => Assert.Equal(targets, peer.Links("harbour.Boat", "owners", row)));

    private void InEveryOrder(Action<LogPeer> check)
    {
        List<IReadOnlyList<SentCommit>> logs = [.. _sent.GroupBy(sent => sent.Certificate.Device).Select(group => group.ToList())];
        IEnumerable<SentCommit>[] orders = [_sent, logs.SelectMany(log => log), Enumerable.Reverse(logs).SelectMany(log => log)];
        string? dump = null;
        foreach (IEnumerable<SentCommit> order in orders)
        {
            LogPeer peer = new(rights: new AnyRoom());
            _peers.Add(peer);
            peer.ApplyAll(order);
            check(peer);
            Assert.Empty(peer.Audit());
            dump ??= peer.Dump();
            Assert.Equal(dump, peer.Dump());
            peer.Rebuild();
            Assert.Equal(dump, peer.Dump());
        }
    }
}
