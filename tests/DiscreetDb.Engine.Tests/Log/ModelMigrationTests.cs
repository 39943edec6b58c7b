using DiscreetDb.Core;
using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Log;

/// <summary>Dialect §4, seen from the tables: after every update they are what the log projects to under the new model.</summary>
public sealed class ModelMigrationTests : IDisposable
{
    private LogPeer? _peer;

    [Fact]
    public void A_new_field_reads_its_default_in_old_rows()
    {
        LogPeer peer = Open("N { A { a: String } }");
        Uid row = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")));

        Upgrade("N { A { a: String, i: Integer default -5, f: Float default 1, b: Boolean default true, s: String default \"it's\", x: Base64 default \"AQI\", n: String nullable } }");

        Assert.Equal(["-5", "1.0", "1", "it's", "null"], ((string[])["i", "f", "b", "s", "n"]).Select(column => peer.Read("n.A", column, row)));
        Assert.Equal("1", peer.Read("n.A", "x = x'0102'", row, raw: true));
        peer.Update("n.A", peer.Room, row, ("i", Value.Integer(7)));
        Assert.Equal("7", peer.Read("n.A", "i", row));
        Check();
    }

    [Fact]
    public void A_changed_default_is_read_where_the_value_is_absent_only()
    {
        LogPeer peer = Open("N { A { a: String, d: String default \"a\" } }");
        Uid without = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")));
        Uid with = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")), ("d", Value.Text("a")));

        Upgrade("N { A { a: String, d: String default \"b\" } }");

        Assert.Equal("b", peer.Read("n.A", "d", without));
        Assert.Equal("a", peer.Read("n.A", "d", with));
        Check();
    }

    [Fact]
    public void A_removed_field_that_comes_back_shows_its_values_again()
    {
        LogPeer peer = Open("N { A { a: String, @deprecated old: Integer nullable } }");
        Uid row = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")), ("old", Value.Integer(3)));

        Upgrade("N { A { a: String } }");
        Check();
        Upgrade("N { A { a: String, old: Integer nullable } }");

        Assert.Equal("3", peer.Read("n.A", "old", row));
        Check();
    }

    [Fact]
    public void A_removed_entity_that_comes_back_shows_its_rows_and_links_again()
    {
        LogPeer peer = Open("N { A { a: String, @deprecated bs: [n.B] } @deprecated B { b: String, @deprecated as: [n.A] } }");
        Uid a = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")));
        Uid b = peer.Insert("n.B", peer.Room, ("b", Value.Text("y")));
        Uid gone = peer.Insert("n.B", peer.Room, ("b", Value.Text("z")));
        peer.Link("n.A", peer.Room, a, "bs", b);
        peer.Link("n.A", peer.Room, a, "bs", gone);
        peer.Link("n.B", peer.Room, b, "as", a);
        peer.Delete("n.B", peer.Room, gone);

        Upgrade("N { A { a: String } }");
        Check();
        Upgrade("N { A { a: String, bs: [n.B] } B { b: String, as: [n.A] } }");

        Assert.Equal("y", peer.Read("n.B", "b", b));
        Assert.False(peer.IsShown("n.B", gone));
        Assert.Equal([b], peer.Links("n.A", "bs", a));
        Assert.Equal([a], peer.Links("n.B", "as", b));
        Check();
    }

    [Fact]
    public void Renaming_changes_no_row()
    {
        LogPeer peer = Open("N { A { a: String, rs: [n.A] } }");
        Uid row = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")));
        peer.Link("n.A", peer.Room, row, "rs", row);

        Upgrade("N { @was(n.A) Z { @was(a) z: String, @was(rs) zs: [n.Z] } }");

        Assert.Equal("x", peer.Read("n.Z", "a", row));
        Assert.Equal([row], peer.Links("n.Z", "zs", row));
        peer.Update("n.Z", peer.Room, row, ("z", Value.Text("y")));
        Assert.Equal("y", peer.Read("n.Z", "a", row));
        Check();
    }

    [Fact]
    public void Integers_become_floats()
    {
        LogPeer peer = Open("N { A { i: Integer, d: Integer default 2 } }");
        Uid row = peer.Insert("n.A", peer.Room, ("i", Value.Integer(3)));

        Upgrade("N { A { i: Float, d: Float default 2 } }");

        Assert.Equal("3.0", peer.Read("n.A", "i", row));
        Assert.Equal("2.0", peer.Read("n.A", "d", row));
        Check();
    }

    [Fact]
    public void Rows_that_lacked_a_required_value_are_shown_when_it_may_be_null()
    {
        LogPeer peer = Open("N { A { a: String, b: String } }");
        Uid row = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")));
        Assert.False(peer.IsShown("n.A", row));

        Upgrade("N { A { a: String, b: String nullable } }");

        Assert.Equal("null", peer.Read("n.A", "b", row));
        Check();
    }

    [Fact]
    public void A_null_reads_the_default_when_the_field_gets_one()
    {
        LogPeer peer = Open("N { A { a: String, b: String nullable } }");
        Uid row = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")), ("b", Value.Text("y")));
        peer.Update("n.A", peer.Room, row, ("b", Value.Null));

        Upgrade("N { A { a: String, b: String default \"none\" } }");

        Assert.Equal("none", peer.Read("n.A", "b", row));
        Check();
    }

    [Fact]
    public void Rows_and_values_the_model_did_not_know_are_shown_when_it_does()
    {
        LogPeer newer = new(device: 2, model: "N { A { a: String, extra: Integer nullable, bs: [n.B] } B { b: String } }");
        LogPeer peer = Open("N { A { a: String } }");
        Uid a = newer.Insert("n.A", newer.Room, ("a", Value.Text("x")), ("extra", Value.Integer(5)));
        Uid b = newer.Insert("n.B", newer.Room, ("b", Value.Text("y")));
        Uid dead = newer.Insert("n.B", newer.Room, ("b", Value.Text("z")));
        newer.Link("n.A", newer.Room, a, "bs", b);
        newer.Delete("n.B", newer.Room, dead);

        peer.ApplyAll(newer.Sent());
        Assert.Equal("x", peer.Read("n.A", "a", a));
        Check();
        Upgrade("N { A { a: String, extra: Integer nullable, bs: [n.B] } B { b: String } }");

        Assert.Equal("5", peer.Read("n.A", "extra", a));
        Assert.Equal("y", peer.Read("n.B", "b", b));
        Assert.False(peer.IsShown("n.B", dead));
        Assert.Equal([b], peer.Links("n.A", "bs", a));
        Check();
        newer.Dispose();
    }

    [Fact]
    public void Indexes_and_full_text_follow_the_model()
    {
        LogPeer peer = Open("N { A { a: String, b: Integer default 1, index(a) } }");
        Uid row = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")));
        string number = peer.Read("n.A", "$doc", row)!;

        Upgrade("N { A { a: String, b: Integer default 1, index(b, a), index(mdate) } }");
        Assert.Equal(number, peer.Read("n.A", "$doc", row));
        Assert.Equal(["n.A.$index.b,a", "n.A.$index.mdate", "n.A.$mdate", "n.A.$room"], Indexes("n.A"));
        Upgrade("N { A(no_full_text_index) { a: String, b: Integer default 1 } }");
        Assert.Equal(["n.A.$mdate", "n.A.$room"], Indexes("n.A"));
        Upgrade("N { A { a: String, b: Integer default 1, home: n.A, index(a) } }");

        Assert.Equal(["n.A.$index.a", "n.A.$mdate", "n.A.$room", "n.A.$to.home"], Indexes("n.A"));
        Assert.Equal("x", peer.Read("n.A", "a", row));
        Check();
    }

    [Fact]
    public void Names_that_differ_in_case_only_change_places_without_loss()
    {
        LogPeer peer = Open("N { Bb { v: String } }");
        Uid row = peer.Insert("n.Bb", peer.Room, ("v", Value.Text("small")));

        Upgrade("N { Bb { v: String, V: String nullable } BB { v: String } }");
        Uid other = peer.Insert("n.BB", peer.Room, ("v", Value.Text("great")));

        Assert.Equal("small", peer.Read("n.Bb", peer.Entity("n.Bb").FindField("v")!.ColumnName, row));
        Assert.Equal("great", peer.Read("n.BB", "v", other));
        Check();
    }

    [Fact]
    public void An_update_that_is_rolled_back_changes_nothing()
    {
        LogPeer peer = Open("N { A { a: String } }");
        Uid row = peer.Insert("n.A", peer.Room, ("a", Value.Text("x")));
        string dump = peer.Dump();
        DataModel stored = peer.Log.Model;
        DataModel next = DataModelBuilder.Build("N { A { a: String nullable, b: String default \"d\" } B { b: String } }", 2, stored);

        Assert.Throws<InvalidTimeZoneException>(() => peer.Write<int>(transaction =>
        {
            new ModelMigration(transaction, peer.Log).Apply(next, ModelChange.Between(stored, next));
            throw new InvalidTimeZoneException();
        }));

        Assert.Same(stored, peer.Log.Model);
        Assert.Equal(dump, peer.Dump());
        peer.Update("n.A", peer.Room, row, ("a", Value.Text("y")));
        Assert.Equal("1", peer.Connection.ReadInt64("SELECT value FROM \"$meta\" WHERE key = 'model version'").ToString());
        Check();
    }

    [Fact]
    public void An_update_is_stored_and_announces_no_row()
    {
        LogPeer peer = Open("N { A { a: String nullable } }");
        peer.Insert("n.A", peer.Room, ("a", Value.Text("x")));
        DataModel next = DataModelBuilder.Build("N { A { a: String default \"d\" } }", 2, peer.Log.Model);

        IReadOnlyList<RowChange> changes = peer.ChangesOf(transaction =>
            new ModelMigration(transaction, peer.Log).Apply(next, ModelChange.Between(peer.Log.Model, next)));

        Assert.Empty(changes);
        Assert.Equal(next.Text, MetaTable.GetText(peer.Connection, MetaTable.ModelText));
        Assert.Equal(2, MetaTable.GetInteger(peer.Connection, MetaTable.ModelVersion));
        Check();
    }

    public void Dispose() => _peer?.Dispose();

    private LogPeer Open(string model) => _peer = new LogPeer(model: model);

    private void Upgrade(string model) => _peer!.Upgrade(model);

    private void Check()
    {
        Assert.Empty(_peer!.Audit());
        string dump = _peer.Dump();
        _peer.Rebuild();
        Assert.Equal(dump, _peer.Dump());
    }

    private List<string> Indexes(string table)
    {
        using Statement statement = _peer!.Connection.Prepare("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 AND sql IS NOT NULL ORDER BY name");
        statement.BindText(1, table);
        List<string> names = [];
        while (statement.Step())
        {
            names.Add(System.Text.Encoding.UTF8.GetString(statement.GetText(0)));
        }

        return names;
    }
}
