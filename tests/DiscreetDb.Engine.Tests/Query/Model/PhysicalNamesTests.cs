using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>Names of tables and columns, which SQLite compares without regard to case.</summary>
public sealed class PhysicalNamesTests
{
    [Fact]
    public void Tables_and_columns_are_called_like_what_they_hold()
    {
        Entity boat = Models.Entity(Models.Build(Models.Harbour), "harbour.Boat");

        Assert.Equal("harbour.Boat", boat.TableName);
        Assert.Equal("name", Models.Field(boat, "name").ColumnName);
        Assert.Equal("home", Models.Field(boat, "home").ColumnName);
        Assert.Equal("harbour.Boat.owners", Models.Field(boat, "owners").ColumnName);
    }

    [Fact]
    public void The_oldest_name_counts()
    {
        Entity ship = Models.Entity(Models.Build("n { @was(n.Boat) Ship { @was(name) title: String, @was(crew) staff: [n.Ship] } }"), "n.Ship");

        Assert.Equal("n.Boat", ship.TableName);
        Assert.Equal(["name", "n.Boat.crew"], ship.Fields.Select(field => field.ColumnName));
    }

    [Fact]
    public void Names_that_differ_in_case_only_get_a_suffix()
    {
        DataModel model = Models.Build("{ crate { X: String, x: String } CRATE { x: [CRATE], X: [CRATE] } Crate { x: String } }");

        Assert.Equal("CRATE", Models.Entity(model, "CRATE").TableName);
        Assert.Equal("Crate$2", Models.Entity(model, "Crate").TableName);
        Assert.Equal("crate$3", Models.Entity(model, "crate").TableName);
        Assert.Equal(["X", "x$2"], Models.Entity(model, "crate").Fields.Select(field => field.ColumnName));
        Assert.Equal(["CRATE.x$2", "CRATE.X"], Models.Entity(model, "CRATE").Fields.Select(field => field.ColumnName));
    }

    [Fact]
    public void Reordering_a_text_moves_no_table_and_no_column()
    {
        DataModel one = Models.Build("{ A { x: String, X: String, r: [A], R: [A] } a { y: String } }");
        DataModel other = Models.Build("{ a { y: String } A { R: [A], r: [A], X: String, x: String } }");

        foreach (Entity entity in one.ApplicationEntities)
        {
            Entity same = Models.Entity(other, entity.CanonicalName);
            Assert.Equal(same.TableName, entity.TableName);
            Assert.All(entity.Fields, field => Assert.Equal(Models.Field(same, field.Name).ColumnName, field.ColumnName));
        }
    }

    [Fact]
    public void A_link_table_gives_way_to_an_entity()
    {
        DataModel model = Models.Build("{ a { b: [a], c: [a] } } a { b { x: String } }");

        Assert.Equal("a.b", Models.Entity(model, "a.b").TableName);
        Assert.Equal(["a.b$2", "a.c"], Models.Entity(model, "a").Fields.Select(field => field.ColumnName));
    }

    [Fact]
    public void The_tables_of_the_engine_keep_their_names()
    {
        DataModel model = Models.Build("{ sys { room: [sys], Peer: [sys] } }");

        Assert.Equal("sys.Room", Models.Entity(model, "sys.Room").TableName);
        Assert.Equal(["sys.room$2", "sys.Peer$2"], Models.Entity(model, "sys").Fields.Select(field => field.ColumnName));
    }

    [Fact]
    public void Columns_give_way_to_system_columns_and_row_numbers()
    {
        Entity entity = Models.BuildA("ID: String, Room_Id: String, CDATE: Integer, rowid: Integer, OID: Integer, other: Integer");

        Assert.Equal(["ID$2", "Room_Id$2", "CDATE$2", "rowid$2", "OID$2", "other"], entity.Fields.Select(field => field.ColumnName));
    }

    [Fact]
    public void No_table_takes_a_name_SQLite_keeps_for_itself()
    {
        DataModel model = Models.Build("{ sqlite_master { r: [SQLite_x] } SQLite_x { x: String } } sqlite_n { A { x: String } }");

        Assert.All(
            model.ApplicationEntities,
            entity => Assert.StartsWith("$sqlite_", entity.TableName, StringComparison.OrdinalIgnoreCase));
        Assert.Equal("$sqlite_master.r", Models.Entity(model, "sqlite_master").Fields[0].ColumnName);
    }
}
