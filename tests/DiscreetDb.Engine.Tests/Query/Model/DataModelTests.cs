using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>Lookups of an accepted model and the parts the engine adds to it.</summary>
public sealed class DataModelTests
{
    [Fact]
    public void The_empty_text_is_a_model_of_the_engine_entities_alone()
    {
        DataModel model = Models.Build("");

        Assert.All(model.Entities, entity => Assert.True(entity.IsSystem));
        Assert.Equal(
            ["Room", "Authorisation", "UserAuth", "EntityRight", "Peer", "AllowedPeer", "Device", "OwnedInvite", "Invite", "Rejection"],
            model.Entities.Select(entity => entity.Name));
    }

    [Theory]
    [InlineData("harbour")]
    [InlineData("HARBOUR")]
    [InlineData("Harbour")]
    public void An_entity_is_found_whatever_the_case_of_its_namespace(string namespaceName)
    {
        DataModel model = Models.Build(Models.Harbour);

        Assert.True(model.HasNamespace(namespaceName));
        Assert.Equal("harbour.Boat", model.Find(namespaceName, "Boat")?.CanonicalName);
        Assert.Null(model.Find(namespaceName, "boat"));
    }

    [Fact]
    public void A_namespace_is_folded_beyond_ascii()
    {
        DataModel model = Models.Build("ÉTÉ { Ñandú { x: Integer } } été { B { a: Été.Ñandú } }");

        Assert.Equal("été.Ñandú", model.Find("Été", "Ñandú")?.CanonicalName);
        Assert.Equal("été.Ñandú", Models.Field(Models.Entity(model, "été.B"), "a").Target?.CanonicalName);
    }

    [Fact]
    public void An_entity_of_the_default_namespace_has_no_prefix()
    {
        DataModel model = Models.Build(Models.Harbour);

        Assert.Equal("Memo", model.Find(null, "Memo")?.CanonicalName);
        Assert.Null(model.Find("harbour", "Memo"));
        Assert.Null(model.Find(null, "Boat"));
    }

    [Fact]
    public void The_default_namespace_exists_only_with_an_entity()
    {
        Assert.False(Models.Build("a { A { x: String } } { }").HasNamespace(null));
        Assert.True(Models.Build(Models.Harbour).HasNamespace(null));
    }

    [Fact]
    public void Entities_stand_behind_those_of_the_engine_in_order_of_declaration()
    {
        DataModel model = Models.Build("b { Z { x: String } } a { Y { x: String } } b { X { x: String } }");

        Assert.Equal(["b.Z", "a.Y", "b.X"], model.ApplicationEntities.Select(entity => entity.CanonicalName));
        Assert.Equal(Enumerable.Range(0, model.Entities.Length), model.Entities.Select(entity => entity.Index));
    }

    [Fact]
    public void Fields_are_found_by_name_and_system_fields_with_them()
    {
        Entity boat = Models.Entity(Models.Build(Models.Harbour), "harbour.Boat");

        Assert.Equal(Enumerable.Range(0, boat.Fields.Length), boat.Fields.Select(field => field.Index));
        Assert.Same(boat.Fields[2], boat.FindField("crew"));
        Assert.Same(SystemFields.Mdate, boat.FindField("mdate"));
        Assert.Null(boat.FindField("Crew"));
        Assert.Null(boat.FindByLogName("mdate"));
    }

    [Fact]
    public void Every_system_field_is_found_and_known_as_such()
    {
        Entity memo = Models.Entity(Models.Build(Models.Harbour), "Memo");
        string[] names =
            ["id", "room_id", "cdate", "mdate", "verifying_key", "_signature", "_entity", "_json", "_binary", "sys_peer", "sys_room"];

        Assert.Equal(names, SystemFields.All.Select(field => field.Name));
        Assert.All(names, name => Assert.True(Models.Field(memo, name).IsSystem));
        Assert.Equal(["room_id", "_binary"], SystemFields.All.Where(field => field.IsNullable).Select(field => field.Name));
    }

    [Fact]
    public void The_virtual_relations_lead_to_peer_and_room()
    {
        DataModel model = Models.Build(Models.Harbour);

        Assert.Same(Models.Entity(model, "sys.Peer"), SystemFields.SysPeer.Target);
        Assert.Same(Models.Entity(model, "sys.Room"), SystemFields.SysRoom.Target);
    }

    [Fact]
    public void Old_names_are_known_to_the_log_alone()
    {
        DataModel model = Models.Build("n { @was(n.Mid) @was(Old) New { @was(b) @was(a) c: String, d: String } }");
        Entity entity = Models.Entity(model, "n.New");

        Assert.Equal("Old", entity.LogName);
        Assert.Equal(["n.Mid", "Old"], entity.FormerNames.ToArray());
        Assert.Same(entity, model.FindByLogName("Old"));
        Assert.Null(model.FindByLogName("n.New"));
        Assert.Null(model.FindCanonical("Old"));
        Assert.Equal("c", entity.FindByLogName("a")?.Name);
        Assert.Equal("d", entity.FindByLogName("d")?.Name);
        Assert.Null(entity.FindByLogName("c"));
        Assert.Null(entity.FindField("a"));
    }

    [Fact]
    public void A_model_knows_its_version_and_text()
    {
        DataModel model = DataModelBuilder.Build("\uFEFF{ A { x: String } }", 7);

        Assert.Equal(7, model.Version);
        Assert.Equal("{ A { x: String } }", model.Text);
    }
}
