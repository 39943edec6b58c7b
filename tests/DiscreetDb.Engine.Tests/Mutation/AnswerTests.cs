namespace DiscreetDb.EngineTests.Mutation;

/// <summary>Dialect §7.6.</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task The_answer_is_indented_and_its_members_are_sorted()
    {
        await using TestEngine engine = await TestEngine.Open();

        string answer = await engine.MutateText("""mutate { harbour.Boat { name: "Aria" owners: [{ nick: "ann" }] papers: "{\"kw\":40}" } }""");

        string[] ids = [.. System.Text.RegularExpressions.Regex.Matches(answer, "[\\w-]{22}").Select(match => match.Value)];
        Assert.Equal(
            $$"""
            {
              "harbour.Boat": {
                "id": "{{ids[0]}}",
                "name": "Aria",
                "owners": [
                  {
                    "id": "{{ids[1]}}",
                    "nick": "ann"
                  }
                ],
                "papers": {
                  "kw": 40
                }
              }
            }
            """,
            answer,
            ignoreLineEndingDifferences: true);
    }

    [Theory]
    [InlineData("""mutate { x: harbour.Boat { name: "a\"\\\n" length: 3 crew: $c insured: FALSE photo: "_-8" papers: "[1.50,{}]" } }""",
        """{"x":{"crew":-5,"id":"","insured":false,"length":3.0,"name":"a\"\\\n","papers":[1.50,{}],"photo":"_-8"}}""")]
    [InlineData("""mutate { x: harbour.Boat { name: "a" photo: null papers: null home: null owners: null room_id: $p _binary: "QUJD" } }""",
        """{"x":{"id":"","name":"a","papers":null,"photo":null}}""")]
    [InlineData("""mutate { z: Memo { text: "1" } a: Memo { text: "2" } Z: Memo { text: "3" } é: Memo { text: "4" } }""",
        """{"Z":{"id":"","text":"3"},"a":{"id":"","text":"2"},"z":{"id":"","text":"1"},"é":{"id":"","text":"4"}}""")]
    [InlineData("""mutate { HARBOUR.Berth { code: "a" } }""", """{"HARBOUR.Berth":{"code":"a","id":""}}""")]
    [InlineData("""mutate { harbour.Boat { name: "a" sisters: [{ name: "b" }, { name: "c" home: { code: "d" } }] } }""",
        """{"harbour.Boat":{"id":"","name":"a","sisters":[{"id":"","name":"b"},{"home":{"code":"d","id":""},"id":"","name":"c"}]}}""")]
    public async Task Only_what_is_given_is_echoed(string text, string expected)
    {
        await using TestEngine engine = await TestEngine.Open();

        string answer = await engine.MutateText(text, new() { ["c"] = -5, ["p"] = engine.PrivateRoom });

        string compact = System.Text.RegularExpressions.Regex.Replace(answer, "\n *", "").Replace("\": ", "\":", StringComparison.Ordinal);
        Assert.Equal(expected, System.Text.RegularExpressions.Regex.Replace(compact, "\"[\\w-]{22}\"", "\"\""));
    }

    [Fact]
    public async Task A_reference_shows_its_id_and_what_is_nested_in_it()
    {
        await using TestEngine engine = await TestEngine.Open();
        string boat = await engine.Insert("""mutate { harbour.Boat { name: "a" home: { code: "b" } } }""");
        var row = await engine.Mutate("mutate { harbour.Boat { id: $b sisters: [{ id: $b home: { code: \"x\" } }] } }", new() { ["b"] = boat });

        var answer = row.GetProperty("harbour.Boat");
        Assert.Equal(boat, answer.Id());
        Assert.Equal(boat, answer.GetProperty("sisters")[0].Id());
        Assert.Equal("x", answer.GetProperty("sisters")[0].GetProperty("home").GetProperty("code").GetString());
        Assert.Equal(2, answer.EnumerateObject().Count());
    }
}
