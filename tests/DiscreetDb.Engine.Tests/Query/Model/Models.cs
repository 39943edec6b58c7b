using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>Builds models of texts, and takes failures apart.</summary>
internal static class Models
{
    /// <summary>The model the pages of the language use.</summary>
    public const string Harbour = """
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

    public static DataModel Build(string text) => DataModelBuilder.Build(text, 1);

    /// <summary>The entity <c>A</c> of the default namespace with these entries.</summary>
    public static Entity BuildA(string entries) => Entity(Build($"{{ A {{ {entries} }} }}"), "A");

    /// <summary>The model after each of these texts replaced the one before.</summary>
    public static DataModel Evolve(params string[] texts)
    {
        DataModel? model = null;
        foreach (string text in texts)
        {
            model = DataModelBuilder.Build(text, (model?.Version ?? 0) + 1, model);
        }

        return model ?? throw new ArgumentException("No text was given.", nameof(texts));
    }

    public static Entity Entity(DataModel model, string canonicalName) =>
        model.FindCanonical(canonicalName) ?? throw new KeyNotFoundException(canonicalName);

    public static Field Field(Entity entity, string name) =>
        entity.FindField(name) ?? throw new KeyNotFoundException(name);

    /// <summary>The failure of building, which has to be an error of the code, with this excerpt of the text.</summary>
    public static DiscreetException Fails(ErrorCode code, string excerpt, Action build)
    {
        DiscreetException error = Assert.Throws<DiscreetException>(build);
        Assert.Equal(code, error.Code);
        Assert.Equal(excerpt, error.Location?.Excerpt);
        return error;
    }
}
