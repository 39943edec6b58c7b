using System.Text.Json;
using DiscreetDb.TestKit;

namespace DiscreetDb.Property;

public sealed class ConcurrencyTests
{
    private const string Model = """
        c {
          Wide { f0: Integer default 0, f1: Integer default 0, f2: Integer default 0, f3: Integer default 0, f4: Integer default 0, f5: Integer default 0,
                 links: [c.Leaf] nullable, one: c.Leaf nullable }
          Leaf { n: Integer }
          Pair { name: String, n: Integer }
          Page { text: String }
        }
        """;

    [Fact]
    public async Task Updates_of_different_fields_from_many_callers_lose_nothing()
    {
        const int Fields = 6;
        const int Updates = 60;
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        string row = await database.InsertAsync("mutate { c.Wide { } }");

        await InParallel(Fields, async field =>
        {
            for (int value = 1; value <= Updates; value++)
            {
                await database.App.MutateAsync(
                    $"mutate {{ c.Wide {{ id: $row f{field}: $value }} }}", new Parameters { ["row"] = row, ["value"] = (value * 10) + field });
            }
        });

        JsonElement wide = (await database.QueryAsync("query { w: c.Wide { f0 f1 f2 f3 f4 f5 } }")).GetProperty("w")[0];
        Assert.All(Enumerable.Range(0, Fields), f => Assert.Equal((Updates * 10) + f, wide.GetProperty($"f{f}").GetInt32()));
    }

    [Fact]
    public async Task Links_added_and_removed_by_many_callers_are_all_kept()
    {
        const int Callers = 8;
        const int Leaves = 20;
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        string row = await database.InsertAsync("mutate { c.Wide { } }");

        await InParallel(Callers, async caller =>
        {
            for (int i = 0; i < Leaves; i++)
            {
                MutationResult added = await database.App.MutateAsync(
                    "mutate { w: c.Wide { id: $row links: [{ n: $n }] } }", new Parameters { ["row"] = row, ["n"] = (caller * 1_000) + i });
                string leaf = JsonDocument.Parse(added.Utf8).RootElement.GetProperty("w").GetProperty("links")[0].GetProperty("id").GetString()!;
                if (i % 2 == 1)
                {
                    await database.App.DeleteAsync("delete { c.Wide { $row links[$leaf] } }", new Parameters { ["row"] = row, ["leaf"] = leaf });
                }
            }
        });

        JsonElement links = (await database.QueryAsync("query { w: c.Wide { links(order_by(n asc)) { n } } }")).GetProperty("w")[0].GetProperty("links");
        IEnumerable<int> expected = Enumerable.Range(0, Callers).SelectMany(c => Enumerable.Range(0, Leaves).Where(i => i % 2 == 0).Select(i => (c * 1_000) + i));
        Assert.Equal(expected, links.EnumerateArray().Select(l => l.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task One_failing_mutation_among_a_thousand_concurrent_ones_fails_alone()
    {
        const int Count = 1_000;
        const int Bad = 517;
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        Task<MutationResult>[] tasks =
        [
            .. Enumerable.Range(0, Count).Select(i => i == Bad
                ? database.App.MutateAsync("mutate { c.Leaf { n: -1 } w: c.Wide { id: $id f0: 1 } }", new Parameters { ["id"] = Uid.Zero })
                : database.App.MutateAsync("mutate { c.Leaf { n: $n } }", new Parameters { ["n"] = i })),
        ];

        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => tasks[Bad]);
        await Task.WhenAll(tasks.Where((_, i) => i != Bad));

        Assert.Equal(ErrorCode.UnknownRow, failure.Code);
        JsonElement found = (await database.QueryAsync("query { l: c.Leaf(order_by(n asc)) { n } }")).GetProperty("l");
        Assert.Equal(Enumerable.Range(0, Count).Where(i => i != Bad), found.EnumerateArray().Select(l => l.GetProperty("n").GetInt32()));
    }

    [Fact]
    public async Task Readers_see_whole_documents_and_one_snapshot_while_others_write()
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        string left = await database.InsertAsync("mutate { c.Pair { name: \"left\" n: 0 } }");
        string right = await database.InsertAsync("mutate { c.Pair { name: \"right\" n: 0 } }");
        using var done = new CancellationTokenSource();

        Task writing = Task.Run(async () =>
        {
            for (int n = 1; n <= 300; n++)
            {
                await database.App.MutateAsync(
                    "mutate { a: c.Pair { id: $left n: $n } b: c.Pair { id: $right n: $n } }", new Parameters { ["left"] = left, ["right"] = right, ["n"] = n });
            }

            await done.CancelAsync();
        });
        int reads = 0;
        while (!done.IsCancellationRequested && !writing.IsFaulted)
        {
            JsonElement answer = await database.QueryAsync("query { a: c.Pair(name = \"left\") { n } b: c.Pair(name = \"right\") { n } }");
            Assert.Equal(answer.GetProperty("a")[0].GetProperty("n").GetInt32(), answer.GetProperty("b")[0].GetProperty("n").GetInt32());
            reads++;
        }

        await writing;
        Assert.True(reads > 0);
    }

    [Fact]
    public async Task A_search_sees_every_row_that_was_acknowledged_before_it()
    {
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);

        await InParallel(4, async caller =>
        {
            for (int i = 0; i < 50; i++)
            {
                string word = $"word{caller}x{i}end";
                await database.App.MutateAsync("mutate { c.Page { text: $t } }", new Parameters { ["t"] = $"before {word} behind" });
                JsonElement found = await database.QueryAsync("query { p: c.Page(search($w)) { text } }", new Parameters { ["w"] = word });
                Assert.Equal(1, found.GetProperty("p").GetArrayLength());
            }
        });
    }

    [Fact]
    public async Task Concurrent_callers_in_random_order_leave_the_same_rows_after_reopening_and_rebuilding()
    {
        int seed = SeededRandom.ChooseSeed();
        var random = new SeededRandom(seed);
        await using OpenDatabase database = await OpenDatabase.NewAsync(Model);
        SeededRandom[] own = [.. Enumerable.Range(0, 6).Select(_ => random.Fork())];

        await InParallel(own.Length, caller => LiveAsync(database, own[caller]));
        string before = await Everything(database);
        await database.ReopenAsync();
        string reopened = await Everything(database);
        await database.App.RebuildAsync();
        string rebuilt = await Everything(database);
        VerificationReport report = await database.App.VerifyAsync();

        Assert.True(before == reopened, $"seed {seed}: reopening changed the answer");
        Assert.True(before == rebuilt, $"seed {seed}: rebuilding changed the answer");
        Assert.Empty(report.Findings);
    }

    private static async Task LiveAsync(OpenDatabase database, SeededRandom random)
    {
        List<string> leaves = [];
        List<string> wides = [];
        for (int i = 0; i < 60; i++)
        {
            switch (random.Below(6))
            {
                case 0 or 1:
                    leaves.Add(await database.InsertAsync("mutate { c.Leaf { n: $n } }", new Parameters { ["n"] = random.Below(100) }));
                    break;
                case 2:
                    wides.Add(await database.InsertAsync("mutate { c.Wide { f0: 1 links: [{ n: 1 }] one: { n: 2 } } }"));
                    break;
                case 3 when wides.Count > 0 && leaves.Count > 0:
                    await database.App.MutateAsync(
                        "mutate { c.Wide { id: $w f1: $n links: [{ id: $l }] one: { id: $l } } }",
                        new Parameters { ["w"] = random.Pick(wides), ["l"] = random.Pick(leaves), ["n"] = i });
                    break;
                case 4 when leaves.Count > 3:
                    string leaf = random.Pick(leaves);
                    leaves.Remove(leaf);
                    await database.App.DeleteAsync("delete { c.Leaf { $l } }", new Parameters { ["l"] = leaf });
                    break;
                default:
                    await database.App.MutateAsync("mutate { c.Page { text: $t } }", new Parameters { ["t"] = $"page {i} of many" });
                    break;
            }
        }
    }

    private static async Task<string> Everything(OpenDatabase database) => (await database.App.QueryAsync(
        """
        query {
          c.Wide { id mdate cdate verifying_key _signature f0 f1 f2 f3 f4 f5 links { id n } one { id n } }
          c.Leaf { id mdate cdate n _signature }
          c.Page { id text }
          found: c.Page(search("page many")) { n: count() }
        }
        """)).ToString();

    private static Task InParallel(int count, Func<int, Task> work) => Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => work(i))));
}
