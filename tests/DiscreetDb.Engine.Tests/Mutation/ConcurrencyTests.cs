using System.Text.Json;
using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>Many callers at once: nothing is lost, and what fails, fails alone (dialect §7.2).</summary>
public sealed class ConcurrencyTests
{
    [Fact]
    public async Task Updates_of_different_fields_of_one_row_from_many_callers_are_all_kept()
    {
        const int FieldCount = 50;
        IEnumerable<string> fields = Enumerable.Range(0, FieldCount).Select(index => $"f{index}");
        await using TestEngine engine = await TestEngine.Open($"{{ Wide {{ {string.Join(", ", fields.Select(field => $"{field}: Integer default 0"))} }} }}");
        string row = await engine.Insert("mutate { Wide { } }");

        await Task.WhenAll(fields.Select((field, index) => engine.Mutate($"mutate {{ Wide {{ id: $r {field}: {index + 1} }} }}", new() { ["r"] = row })));

        var answer = (await engine.Query($"query {{ Wide {{ {string.Join(' ', fields)} }} }}")).GetProperty("Wide")[0];
        Assert.Equal(Enumerable.Range(1, FieldCount), answer.EnumerateObject().Select(member => member.Value.GetInt32()));
    }

    [Fact]
    public async Task Links_added_by_many_callers_are_all_kept()
    {
        await using TestGraph graph = await TestGraph.Open();

        await Task.WhenAll(Enumerable.Range(0, 100).Select(index => graph.Engine.Mutate("mutate { N { id: $a many: [{ k: \"x\" }] } }", graph.Ids)));

        Assert.Equal(
            """{"N":[{"m":[{"c":100}]}]}""", await graph.Engine.QueryText("query { N(id = $a) { m: many { c: count() } } }", graph.Ids));
    }

    [Fact]
    public async Task One_failing_among_a_thousand_fails_alone()
    {
        await using TestGraph graph = await TestGraph.Open();
        Parameters unknown = new() { ["z"] = "AAECAwQFBgcICQoLDA0ODw" };

        const string Bad = "mutate { x: N { k: \"bad\" } y: N { id: $z v: 1 } }";
        Task<JsonElement>[] mutations =
            [.. Enumerable.Range(0, 1_000).Select(index => graph.Engine.Mutate(index == 500 ? Bad : "mutate { N { k: \"good\" } }", unknown))];

        DiscreetException error = await Assert.ThrowsAsync<DiscreetException>(() => Task.WhenAll(mutations));
        Assert.Equal(ErrorCode.UnknownRow, error.Code);
        Assert.Equal(1, mutations.Count(mutation => mutation.IsFaulted));
        Assert.Equal(
            """{"good":[{"c":999}],"bad":[{"c":0}]}""",
            await graph.Engine.QueryText("query { good: N(k = \"good\") { c: count() } bad: N(k = \"bad\") { c: count() } }"));
    }

    [Fact]
    public async Task What_is_announced_is_what_was_committed()
    {
        await using TestGraph graph = await TestGraph.Open();
        List<RowChange> announced = [];
        graph.Engine.Engine.Committed += changes =>
        {
            lock (announced)
            {
                announced.AddRange(changes.Rows);
            }
        };

        await Assert.ThrowsAsync<DiscreetException>(() => graph.Engine.Mutate("mutate { x: N { k: \"bad\" } y: N { id: $z v: 1 } }", new() { ["z"] = Uid.Zero }));
        await graph.Mutate("mutate { N { id: $a v: 1 one: { k: \"x\" } } }");

        lock (announced)
        {
            Assert.Equal([ChangeKind.Inserted, ChangeKind.Updated], announced.Select(change => change.Kind).Distinct().Order());
            Assert.Equal(2, announced.Select(change => change.Row).Distinct().Count());
            Assert.All(announced, change => Assert.Equal(("N", null), (change.Entity, change.Room)));
        }
    }
}
