using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>Lookups of an accepted model and the parts the engine adds to it.</summary>
public sealed class DataModelTests
{
    private const string Harbour = """
        harbour {
            Boat {
                name: String, length: Float default 0, crew: Integer default 1, insured: Boolean default true,
                photo: Base64 nullable, home: harbour.Berth, owners: [harbour.Owner], sisters: [harbour.Boat] nullable,
                index(name)
            }
            Berth { code: String, dues: Integer default 0 }
            Owner { nick: String nullable, country: String default "Côte d'Ivoire" }
            Secret(no_full_text_index) { note: String }
        }
        { Memo { text: String } }
        """;

    [Fact]
    public void The_empty_text_is_a_model_of_the_engine_entities_alone()
    {
        DataModel model = DataModelBuilder.Build(string.Empty, 1);

        Assert.All(model.Entities, entity => Assert.True(entity.IsSystem));
        Assert.NotNull(model.Find("SYS", "Room"));
        Assert.Equal("sys.Peer", SystemFields.SysPeer.Target?.CanonicalName);
        Assert.Equal("sys.Room", SystemFields.SysRoom.Target?.CanonicalName);
    }

    [Theory]
    [InlineData("harbour")]
    [InlineData("HARBOUR")]
    [InlineData("Harbour")]
    public void An_entity_is_found_whatever_the_case_of_its_namespace(string namespaceName)
    {
        DataModel model = DataModelBuilder.Build(Harbour, 1);

        Entity? boat = model.Find(namespaceName, "Boat");

        Assert.Equal("harbour.Boat", boat?.CanonicalName);
    }
}
