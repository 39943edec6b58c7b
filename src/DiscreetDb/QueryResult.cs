namespace DiscreetDb;

/// <summary>The answer of a query: UTF-8 JSON, one array per root.</summary>
/// <example>
/// <code>
/// QueryResult result = await app.QueryAsync("query { res: chat.Message { id content } }");
/// IReadOnlyList&lt;Message&gt; messages = result.Take&lt;Message&gt;("res");
/// </code>
/// </example>
public sealed class QueryResult : JsonResult
{
    internal QueryResult(ReadOnlyMemory<byte> utf8)
        : base(utf8)
    {
    }
}
