using System.Buffers;
using System.Text;

namespace DiscreetDb.Tests;

public sealed class QueryTests : IAsyncLifetime
{
    private Discreet _app = null!;

    public async Task InitializeAsync() => _app = await TestDatabase.InMemoryAsync();

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task The_answer_of_an_empty_database_is_an_empty_array()
    {
        QueryResult result = await _app.QueryAsync("query { boats: harbour.Boat { name } }");

        Assert.Equal("{\n\"boats\":[]\n}", result.ToString());
    }

    [Fact]
    public async Task Parameters_come_as_values_as_json_or_as_properties_of_an_object()
    {
        await _app.AddBoatAsync("Aria");
        const string Text = "query { boats: harbour.Boat(name = $name) { id mdate name crew } }";

        QueryResult[] results =
        [
            await _app.QueryAsync(Text, new() { ["name"] = "Aria" }),
            await _app.QueryAsync(Text, Parameters.FromJson("""{ "name": "Aria" }""")),
            await _app.QueryAsync(Text, new { name = "Aria" }),
            _app.Query(Text, new() { ["name"] = "Aria" }),
            _app.Query(Text, new { name = "Aria" }),
        ];

        Assert.All(results, result => Assert.Equal("Aria", Assert.Single(result.Take<Boat>("boats")).Name));
    }

    [Theory]
    [InlineData("query { boats: harbour.Boat(order_by(name asc)) { id name } }")]
    [InlineData("query { boats: harbour.Boat(search(\"Aria\")) { id name } }")]
    public async Task An_answer_is_written_behind_what_the_callers_buffer_holds(string text)
    {
        for (int i = 0; i < 300; i++)
        {
            await _app.AddBoatAsync($"Aria {i}");
        }

        ArrayBufferWriter<byte> output = new();
        output.Write("first "u8);

        await _app.QueryAsync(output, text);
        _app.Query(output, text, new());

        string expected = (await _app.QueryAsync(text)).ToString();
        Assert.Equal($"first {expected}{expected}", Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Fact]
    public async Task A_failing_query_writes_nothing_into_the_callers_buffer()
    {
        ArrayBufferWriter<byte> output = new();

        await Failing.WithAsync(ErrorCode.FieldNotFound, () => _app.QueryAsync(output, "query { harbour.Boat { nam } }"));
        await Failing.WithAsync(
            ErrorCode.Cancelled, () => _app.QueryAsync(output, "query { harbour.Boat { name } }", cancellationToken: new CancellationToken(true)));
        await Assert.ThrowsAsync<ArgumentNullException>(() => _app.QueryAsync((IBufferWriter<byte>)null!, "query { harbour.Boat { name } }"));

        Assert.Equal(0, output.WrittenCount);
    }

    [Fact]
    public async Task A_mistake_in_the_text_is_told_with_line_and_column()
    {
        DiscreetException failure = await Failing.WithAsync(ErrorCode.FieldNotFound, () => _app.QueryAsync("query {\n  harbour.Boat { nam }\n}"));

        Assert.Equal((2, 18), (failure.Location!.Value.Line, failure.Location.Value.Column));
        Assert.Contains("name", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mutate { harbour.Boat { name: \"x\" } }", ErrorCode.SyntaxError)]
    [InlineData("query { harbour.Boat(name = $name) { name } }", ErrorCode.MissingParameter)]
    [InlineData("query { harbour.Ship { name } }", ErrorCode.EntityNotFound)]
    [InlineData("query { port.Boat { name } }", ErrorCode.NamespaceNotFound)]
    public Task A_text_that_cannot_be_answered_is_refused(string text, ErrorCode code) => Failing.WithAsync(code, () => _app.QueryAsync(text));

    [Fact]
    public Task A_text_without_end_is_refused_at_once()
    {
        string text = "query " + string.Concat(Enumerable.Repeat("{a", 5_000_000));

        return Failing.WithAsync(ErrorCode.TextTooLarge, () => _app.QueryAsync(text));
    }

    [Fact]
    public Task A_text_nested_without_end_is_refused_at_once()
    {
        string text = "query { harbour.Boat " + string.Concat(Enumerable.Repeat("{home ", 500_000));

        return Failing.WithAsync(ErrorCode.TooComplex, () => _app.QueryAsync(text));
    }

    [Fact]
    public Task A_cancelled_query_is_cancelled() =>
        Failing.WithAsync(ErrorCode.Cancelled, () => _app.QueryAsync("query { harbour.Boat { name } }", cancellationToken: new CancellationToken(true)));

    [Fact]
    public async Task Many_threads_read_and_write_at_once_also_blocking()
    {
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(number => new Thread(() =>
        {
            for (int i = 0; i < 10; i++)
            {
                _app.Mutate("mutate { harbour.Boat { name: $name } }", new() { ["name"] = $"{number}-{i}" });
                _app.Query("query { harbour.Boat(first 5) { name } }");
            }
        }))];

        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(80, (await _app.BoatsAsync()).Count);
    }

    [Fact]
    public async Task Null_text_is_the_callers_mistake()
    {
        await Assert.ThrowsAsync<ArgumentNullException>(() => _app.QueryAsync(null!));
        Assert.Throws<ArgumentNullException>(() => _app.Query(null!));
    }
}
