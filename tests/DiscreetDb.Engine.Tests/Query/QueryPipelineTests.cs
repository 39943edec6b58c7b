using System.Text;
using DiscreetDb.EngineTests.Storage;
using DiscreetDb.Query;

namespace DiscreetDb.EngineTests.Query;

public class QueryPipelineTests
{
    [Fact]
    public void Any_number_of_threads_may_run_one_plan()
    {
        using QueryDatabase database = new(HarbourModel.Text);
        database.Insert("mutate { " + string.Join(' ', Enumerable.Range(0, 50).Select(n => $"b{n}: harbour.Boat {{ name: \"{n}\" owners: [{{ nick: \"x{n}\" }}] }}")) + " }");

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, n =>
        {
            string name = (n % 50).ToString();
            Assert.Equal(
                $"[{{\"name\":\"{name}\",\"owners\":[{{\"nick\":\"x{name}\"}}]}}]",
                database.AskOne("query { harbour.Boat(name = $n) { name owners { nick } } }", new() { ["n"] = name }));
        });
    }

    [Theory]
    [InlineData("query { Memo { text } }", "{\n\"Memo\":[{\"text\":\"the lighthouse\"}]\n}")]
    [InlineData("query { Memo(search(\"HOUSE\")) { text } a: Memo { n: count() } }", "{\n\"Memo\":[{\"text\":\"the lighthouse\"}],\n\"a\":[{\"n\":1}]\n}")]
    public async Task A_query_may_run_on_a_scheduler(string query, string expected)
    {
        using QueryDatabase database = new(HarbourModel.Text);
        database.Insert("mutate { Memo { text: \"the lighthouse\" } }");

        QueryAnswer answer = await database.Pipeline.RunAsync(query, null, new LoopScheduler(), CancellationToken.None);

        Assert.Equal(expected, Encoding.UTF8.GetString(answer.Utf8.Span));
    }

    [Fact]
    public async Task A_wrong_text_is_refused_on_a_scheduler_too()
    {
        using QueryDatabase database = new(HarbourModel.Text);

        DiscreetException error = await Assert.ThrowsAsync<DiscreetException>(
            () => database.Pipeline.RunAsync("query { Memo { ghost } }", null, new LoopScheduler(), CancellationToken.None));

        Assert.Equal(ErrorCode.FieldNotFound, error.Code);
    }

    [Fact]
    public void All_roots_read_one_snapshot_and_statements_go_back()
    {
        using QueryDatabase database = new(HarbourModel.Text);
        database.Insert("mutate { a: Memo { text: \"one\" } b: Memo { text: \"two\" } }");
        string roots = string.Join(' ', Enumerable.Range(0, Limits.RootCount).Select(n => $"r{n}: Memo(first 1, skip {n % 2}) {{ text }}"));

        string answer = database.Ask($"query {{ {roots} }}");

        Assert.Equal(Limits.RootCount / 2, answer.Split("\"one\"").Length - 1);
        Assert.Equal(Limits.RootCount / 2, answer.Split("\"two\"").Length - 1);
    }

    [Fact]
    public void Explain_shows_the_meaning_and_the_statements()
    {
        using QueryDatabase database = new(HarbourModel.Text);

        string explained = database.Explain("query { Memo(text = \"x\") { text } }");

        Assert.Equal(
            """
            (query
              (root "Memo" (read Memo all
                (where (= text "x"))
                (order (id asc))
                (list
                  ("text" text)))))

            S0 SELECT t."text" FROM "Memo" t WHERE t."text" = ?1 ORDER BY t."id"
            """.ReplaceLineEndings("\n") + "\n",
            explained);
    }
}
