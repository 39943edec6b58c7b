using System.Text;
using System.Text.Json;

namespace DiscreetDb.EngineTests.Mutation;

/// <summary>
/// Rows a, b, c and d of one entity that can link to itself. Every text sees their ids as <c>$a</c> to <c>$d</c> and the
/// private room as <c>$p</c>.
/// </summary>
internal sealed class TestGraph : IAsyncDisposable
{
    private const string Model = "{ N { k: String, v: Integer default 0, one: N nullable, many: [N] nullable } }";

    private readonly TestEngine _engine;

    private TestGraph(TestEngine engine) => _engine = engine;

    public Parameters Ids { get; private set; } = new();

    public TestEngine Engine => _engine;

    public static async Task<TestGraph> Open()
    {
        TestGraph graph = new(await TestEngine.Open(Model));
        JsonElement rows = await graph._engine.Mutate("""mutate { a: N { k: "a" } b: N { k: "b" } c: N { k: "c" } d: N { k: "d" } }""");
        graph.Ids = new() { ["p"] = graph._engine.PrivateRoom };
        foreach (JsonProperty row in rows.EnumerateObject())
        {
            graph.Ids[row.Name] = row.Value.Id();
        }

        graph._engine.Later();
        return graph;
    }

    /// <summary>Runs a mutation a second after the last one.</summary>
    public async Task<JsonElement> Mutate(string text)
    {
        JsonElement answer = await _engine.Mutate(text, Ids);
        _engine.Later();
        return answer;
    }

    public async Task Delete(string text)
    {
        await _engine.Delete(text, Ids);
        _engine.Later();
    }

    /// <summary>All rows and links in one line: <c>a→b[c d] b[]p</c> is a linked to b and to c and d, and b in the private room.</summary>
    public async Task<string> Shape()
    {
        JsonElement answer = await _engine.Query("query { N(order_by(k asc)) { k room_id one { k } many(order_by(k asc)) { k } } }");
        StringBuilder text = new();
        foreach (JsonElement row in answer.GetProperty("N").EnumerateArray())
        {
            text.Append(text.Length == 0 ? "" : " ").Append(row.GetProperty("k").GetString());
            if (row.GetProperty("one") is { ValueKind: JsonValueKind.Object } target)
            {
                text.Append('→').Append(target.GetProperty("k").GetString());
            }

            IEnumerable<string?> links = row.GetProperty("many").EnumerateArray().Select(link => link.GetProperty("k").GetString());
            text.Append('[').AppendJoin(' ', links).Append(']');
            text.Append(row.GetProperty("room_id").ValueKind == JsonValueKind.Null ? "" : "p");
        }

        return text.ToString();
    }

    /// <summary>The rows that carry a date after the first document, which wrote all of them.</summary>
    public async Task<string> Changed()
    {
        JsonElement answer = await _engine.Query("query { N(order_by(k asc)) { k cdate mdate } }");
        IEnumerable<string?> changed = answer.GetProperty("N").EnumerateArray()
            .Where(row => row.GetProperty("mdate").GetInt64() != row.GetProperty("cdate").GetInt64())
            .Select(row => row.GetProperty("k").GetString());
        return string.Join(' ', changed);
    }

    public ValueTask DisposeAsync() => _engine.DisposeAsync();
}
