using System.Text.Json;

namespace DiscreetDb.Property;

/// <summary>What generated databases found, each in its smallest form.</summary>
public sealed class RegressionTests
{
    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    public async Task Paging_by_a_null_selector_needs_no_more_parameters_than_stand_in_the_statement(string direction)
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync("r { A { n: Integer, j: Json nullable } }");
        await database.App.MutateAsync("mutate { a: r.A { n: 1 } b: r.A { n: 2 j: \"{\\\"v\\\":1}\" } }");

        JsonElement answer = await database.QueryAsync(
            $"query {{ p: r.A(order_by(v asc, n asc), {direction}($v)) {{ n v: j->$.v }} q: r.A(order_by(n asc, v asc), {direction}(1, $v)) {{ n v: j->$.v }} }}",
            new Parameters { ["v"] = null });

        Assert.Equal(direction == "after" ? [2] : [], answer.GetProperty("p").EnumerateArray().Select(r => r.GetProperty("n").GetInt32()));
        Assert.Equal(direction == "after" ? [2] : [], answer.GetProperty("q").EnumerateArray().Select(r => r.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task Names_that_differ_only_in_case_may_be_fields_relations_and_indexed_at_once()
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(
            """
            r {
              A { a: String, A: [r.A] nullable, b: r.A nullable, B: r.A nullable, doc: r.A nullable, text: r.A nullable, room: r.A nullable,
                  mdat: Integer default 0, Mdat: Integer default 1, index(a), index(mdat), index(Mdat), index(mdat, Mdat) }
              a { a: String, index(a) }
            }
            """);

        await database.App.MutateAsync("mutate { x: r.A { a: \"x\" A: [{ a: \"y\" }] b: { a: \"z\" } doc: { a: \"d\" } } r.a { a: \"w\" } }");

        JsonElement answer = await database.QueryAsync("query { x: r.A(a = \"x\") { mdat Mdat A { a } b { a } B { a } doc { a } } r.a { a } }");
        Assert.Equal("{\"mdat\":0,\"Mdat\":1,\"A\":[{\"a\":\"y\"}],\"b\":{\"a\":\"z\"},\"B\":null,\"doc\":{\"a\":\"d\"}}", answer.GetProperty("x")[0].GetRawText());
    }
}
