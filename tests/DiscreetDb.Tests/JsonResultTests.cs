using System.Text.Json;
using System.Text.Json.Serialization;

namespace DiscreetDb.Tests;

public sealed partial class JsonResultTests
{
    private const string Answer = """{ "boats":[{"id":"a","room_id":"r","crew":4}], "one":{"id":"b","crew":null} }""";

    [Fact]
    public void An_array_is_taken_out()
    {
        JsonResult result = JsonResult.Parse(Answer);

        Boat boat = Assert.Single(result.Take<Boat>("boats"));

        Assert.Equal(new Boat("a", "r", 4), boat);
        Assert.Equal(["one"], result.Keys);
    }

    [Fact]
    public void An_object_is_taken_out() => Assert.Equal(new Boat("b", null, null), JsonResult.Parse(Answer).TakeObject<Boat>("one"));

    [Fact]
    public void What_was_taken_is_gone()
    {
        JsonResult result = JsonResult.Parse(Answer);
        result.Take<Boat>("boats");

        DiscreetException failure = Failing.With(ErrorCode.ResultKeyNotFound, () => result.Take<Boat>("boats"));

        Assert.Contains("there is: one", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_array_is_no_object_and_an_object_no_array()
    {
        JsonResult result = JsonResult.Parse(Answer);

        Failing.With(ErrorCode.ResultShapeMismatch, () => result.TakeObject<Boat>("boats"));
        Failing.With(ErrorCode.ResultShapeMismatch, () => result.Take<Boat>("one"));
        Assert.Equal(2, result.Keys.Count);
    }

    [Fact]
    public void A_value_that_does_not_fit_stays_and_its_place_is_told()
    {
        JsonResult result = JsonResult.Parse("""{"boats":[{"id":"a"},{"id":7}]}""");

        DiscreetException failure = Failing.With(ErrorCode.InvalidResult, () => result.Take<Boat>("boats"));

        Assert.Contains("`boats[1]`", failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, result.Take<JsonElement>("boats").Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":}")]
    public void Text_that_is_no_object_is_refused(string text) => Failing.With(ErrorCode.InvalidResult, () => JsonResult.Parse(text));

    [Theory]
    [InlineData("room_id")]
    [InlineData("RoomId")]
    [InlineData("roomid")]
    [InlineData("_room_id")]
    [InlineData("ROOM_ID")]
    public void Members_are_matched_without_case_and_underscores(string name)
    {
        JsonResult result = JsonResult.Parse($$"""{"boats":[{"id":"a","{{name}}":"r"}]}""");

        Assert.Equal("r", result.Take<Boat>("boats")[0].RoomId);
    }

    [Fact]
    public void Members_of_nested_objects_and_lists_are_matched_too()
    {
        JsonResult result = JsonResult.Parse("""{"fleets":[{"flag_ship":{"room_id":"r"},"all_boats":[{"room_id":"s"}]}]}""");

        Fleet fleet = result.Take<Fleet>("fleets")[0];

        Assert.Equal("r", fleet.FlagShip!.RoomId);
        Assert.Equal("s", fleet.AllBoats![0].RoomId);
    }

    [Fact]
    public void Keys_of_dictionaries_and_free_json_stay_as_they_are()
    {
        JsonResult result = JsonResult.Parse("""{"rows":[{"free_json":{"Room_Id":1},"by_name":{"room_id":{"room_id":"r"}}}]}""");

        Free row = result.Take<Free>("rows")[0];

        Assert.Equal(1, row.FreeJson.GetProperty("Room_Id").GetInt32());
        Assert.Equal("r", row.ByName!["room_id"].RoomId);
    }

    [Fact]
    public void An_exact_name_goes_before_a_similar_one() =>
        Assert.Equal(
            new Similar { AB = 1, A_B = 2 },
            JsonResult.Parse("""{"x":{"AB":1,"A_B":2}}""").TakeObject<Similar>("x"));

    [Fact]
    public void Bytes_are_base64url()
    {
        JsonResult result = JsonResult.Parse("""{"x":{"photo":"-_8"},"bad":{"photo":"+/8="}}""");

        Assert.Equal([0xfb, 0xff], result.TakeObject<Photo>("x").Bytes);
        Failing.With(ErrorCode.InvalidResult, () => result.TakeObject<Photo>("bad"));
    }

    [Fact]
    public void A_source_generated_context_reads_without_reflection()
    {
        JsonResult result = JsonResult.Parse(Answer);

        Assert.Equal("r", result.Take<Boat>("boats", ResultContext.Default)[0].RoomId);
        Assert.Equal("b", result.TakeObject("one", ResultContext.Default.Boat).Id);
    }

    [Fact]
    public void A_context_that_does_not_know_the_type_is_the_callers_mistake() =>
        Assert.Throws<ArgumentException>(() => JsonResult.Parse(Answer).Take<Fleet>("boats", ResultContext.Default));

    [Fact]
    public void The_text_stays_whatever_was_taken()
    {
        JsonResult result = JsonResult.Parse(Answer);
        result.Take<Boat>("boats");

        Assert.Equal(Answer, result.ToString());
        Assert.Equal(Answer.Length, result.Utf8.Length);
    }

    internal sealed record Boat(string Id, string? RoomId, int? Crew);

    internal sealed record Fleet(Boat? FlagShip, IReadOnlyList<Boat>? AllBoats);

    internal sealed record Free(JsonElement FreeJson, Dictionary<string, Boat>? ByName);

    internal sealed record Photo([property: JsonPropertyName("photo")] byte[] Bytes);

    internal sealed record Similar
    {
        public int AB { get; init; }

        public int A_B { get; init; }
    }

    [JsonSerializable(typeof(Boat))]
    internal sealed partial class ResultContext : JsonSerializerContext;
}
