using System.Text;
using System.Text.Json;
using DiscreetDb.Query.Model;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>The JSON of <c>DataModel()</c>.</summary>
public sealed class DataModelJsonTests
{
    private const string Everything = """
        harbour {
            @was(harbour.Boat) Ship {
                @was(label) @was(name) title: String, length: Float default 0, crew: Integer default -1, @deprecated insured: Boolean default true,
                photo: Base64 default "QUI", papers: Json default "{\"a\": [1.50, \"é\"]}", note: String nullable,
                country: String default "Côte \"d'Ivoire\"", home: harbour.Berth, sisters: [harbour.Ship] nullable,
                index(title), index(crew, mdate)
            }
            Berth(no_full_text_index) { code: String }
        }
        { @deprecated Memo { text: String } }
        """;

    [Fact]
    public void A_model_is_written_whole()
    {
        Snapshot.Verify(Encoding.UTF8.GetString(DataModelJson.Write(Models.Build(Everything)).Span));
    }

    [Fact]
    public void The_version_and_the_layout_of_the_text_do_not_show()
    {
        DataModel one = DataModelBuilder.Build("{ A { x: String } }", 1);
        DataModel other = DataModelBuilder.Build("// other\n{A{x:String,}}", 9);

        Assert.Equal(DataModelJson.Write(one).ToArray(), DataModelJson.Write(other).ToArray());
    }

    [Fact]
    public void A_default_as_deep_as_json_may_be_is_written()
    {
        string deepest = new string('[', Limits.JsonDepth) + new string(']', Limits.JsonDepth);

        string json = Encoding.UTF8.GetString(DataModelJson.Write(Models.Build($"{{ A {{ x: Json default \"{deepest}\" }} }}")).Span);

        Assert.Contains($"\"default\": {deepest}", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_beyond_ascii_are_written_as_they_are()
    {
        string json = Encoding.UTF8.GetString(DataModelJson.Write(Models.Build("été { Ñandú { 身長: Float } }")).Span);

        Assert.Contains("\"été.Ñandú\"", json, StringComparison.Ordinal);
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Equal(2, document.RootElement.GetProperty("namespaces").GetArrayLength());
    }
}
