using System.Text;
using DiscreetDb.Storage;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Storage;

public sealed class FullTextTests
{
    private static readonly SearchableTable Notes = new(
        "note",
        [new SearchableColumn("text", SearchableKind.String), new SearchableColumn("extra", SearchableKind.Json), new SearchableColumn("code", SearchableKind.Base64)]);

    [Fact]
    public async Task Every_acknowledged_row_is_found()
    {
        using TestDatabase test = await OpenAsync();

        for (int i = 0; i < 50; i++)
        {
            string word = $"word{i:000}";
            await InsertAsync(test, $"some {word} among others");

            Assert.Equal([i + 1L], await SearchAsync(test, word));
        }
    }

    [Theory]
    [InlineData("light", 1)]
    [InlineData("LIGHT house", 1)]
    [InlineData("éclairé", 1)]
    [InlineData("eclaire", 0)]
    [InlineData("STRASSE", 0)]
    [InlineData("straße", 1)]
    [InlineData("STRAẞE", 1)]
    [InlineData("本語テ", 1)]
    [InlineData("本語", 0)]
    [InlineData("light 本語", 1)]
    [InlineData("ΣΊΣΥΦΟΣ", 1)]
    [InlineData("gloomy", 1)]
    [InlineData("mood", 0)]
    [InlineData("deep\tgloomy", 1)]
    [InlineData("SGVsbG8", 1)]
    [InlineData("O'Brien", 1)]
    [InlineData("\"quoted\"", 1)]
    [InlineData("C++", 1)]
    [InlineData("NOT light", 1)]
    [InlineData("AND", 0)]
    [InlineData("*", 0)]
    [InlineData("", 0)]
    [InlineData("endings", 0)]
    public async Task A_row_is_found_by_what_it_holds(string search, int expected)
    {
        using TestDatabase test = await OpenAsync();

        await InsertAsync(
            test, "Lighthouse ÉCLAIRÉ Straße 日本語テスト Σίσυφος O'Brien said \"quoted\" C++ nothing end",
            """{"mood":"gloomy \u0073ky","list":[1,{"a":["deep","ings"]}]}""", "Hello"u8.ToArray());

        Assert.Equal(expected, (await SearchAsync(test, search)).Count);
    }

    [Fact]
    public async Task Rows_with_more_of_a_term_come_first_and_equal_ones_by_number()
    {
        using TestDatabase test = await OpenAsync();

        await InsertAsync(test, "lantern and something else");
        await InsertAsync(test, "lantern lantern and someth");
        await InsertAsync(test, "lantern and something else");
        await InsertAsync(test, "lantern");

        Assert.Equal([4L, 2, 1, 3], await SearchAsync(test, "lantern"));
    }

    [Fact]
    public async Task The_rank_orders_as_bm25_does()
    {
        using TestDatabase test = await OpenAsync();
        SeededRandom random = new();
        string[] words = ["lantern", "harbour", "copper", "kettle", "window"];
        for (int i = 0; i < 300; i++)
        {
            await InsertAsync(test, string.Join(' ', Enumerable.Range(0, random.Between(1, 11)).Select(_ => random.Pick(words))));
        }

        foreach (string search in new[] { "lantern", "lantern copper", "kettle window harbour" })
        {
            List<long> expected = await SearchAsync(test, search, "bm25(\"note.$text\")");

            Assert.True(expected.Count > 10, $"{random}");
            Assert.Equal(expected, await SearchAsync(test, search));
        }
    }

    [Fact]
    public async Task Any_mix_of_changes_and_reopening_leaves_the_index_equal_to_the_rows()
    {
        SeededRandom random = new();
        using TestDatabase test = await OpenAsync();
        Dictionary<long, string> rows = [];
        for (int round = 0; round < 400; round++)
        {
            await ChangeAsync(test, rows, random);
            if (random.Chance(10))
            {
                string term = Letters(random, 3);
                IEnumerable<long> expected = rows.Where(row => row.Value.Contains(term, StringComparison.Ordinal)).Select(row => row.Key).Order();

                Assert.True(expected.SequenceEqual((await SearchAsync(test, term)).Order()), $"{random}, round {round}, `{term}`");
            }

            if (random.Chance(2))
            {
                test.Reopen();
                await ConfigureAsync(test, Notes);
            }
        }

        Assert.Equal(0, await CountStaleAsync(test, rows));
    }

    [Fact]
    public async Task Rows_that_the_index_lacked_at_the_end_are_found_after_opening_again()
    {
        using TestDatabase test = await OpenAsync();
        await InsertAsync(test, "lantern");
        _ = await SearchAsync(test, "lantern");
        await InsertAsync(test, "second lantern");
        await UpdateAsync(test, 1, "candle");

        test.Reopen();
        await ConfigureAsync(test, Notes);

        Assert.Equal([2L], await SearchAsync(test, "lantern"));
        Assert.Equal([1L], await SearchAsync(test, "candle"));
    }

    [Fact]
    public async Task A_crash_only_means_catching_up()
    {
        using TestDatabase test = await OpenAsync();
        await InsertAsync(test, "lantern");
        _ = await SearchAsync(test, "lantern");
        await InsertAsync(test, "second lantern");
        await UpdateAsync(test, 1, "candle");
        string image = Path.Combine(test.Folder, "image.db");
        File.Copy(test.Path, image);
        File.Copy(test.Path + "-wal", image + "-wal");

        test.Options = test.Options with { Path = image };
        test.Reopen();
        await ConfigureAsync(test, Notes);

        Assert.Equal([2L], await SearchAsync(test, "lantern"));
        Assert.Equal([1L], await SearchAsync(test, "candle"));
    }

    [Fact]
    public async Task A_number_is_never_given_twice()
    {
        using TestDatabase test = await OpenAsync();
        await InsertAsync(test, "lantern");
        _ = await SearchAsync(test, "lantern");
        await DeleteAsync(test, 1);
        test.Reopen();
        await ConfigureAsync(test, Notes);

        await InsertAsync(test, "candle");

        Assert.Equal([2L], await SearchAsync(test, "candle"));
        Assert.Empty(await SearchAsync(test, "lantern"));
    }

    [Fact]
    public async Task A_check_sees_the_index_as_it_is_after_others_joined_its_segments()
    {
        using TestDatabase test = await OpenAsync();
        for (int i = 0; i < 5; i++)
        {
            await InsertAsync(test, $"lantern {i}");
            _ = await SearchAsync(test, "lantern");
        }

        await test.RunAsync(connection => connection.Execute("""INSERT INTO "note.$text" ("note.$text") VALUES ('optimize')"""));

        Assert.Empty(await test.Database.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Other_searchable_columns_take_in_every_row_anew()
    {
        using TestDatabase test = await OpenAsync();
        await InsertAsync(test, "lantern", """["candle"]""");
        _ = await SearchAsync(test, "lantern");

        await ConfigureAsync(test, Notes with { Columns = [Notes.Columns[1]] });

        Assert.Empty(await SearchAsync(test, "lantern"));
        Assert.Equal([1L], await SearchAsync(test, "candle"));
    }

    [Fact]
    public async Task A_failed_change_of_the_tables_leaves_the_index_as_it_was()
    {
        using TestDatabase test = await OpenAsync();
        await InsertAsync(test, "lantern");

        await Assert.ThrowsAsync<InvalidOperationException>(() => test.Database.Writer.RunAsync<int>(
            transaction =>
            {
                test.Database.FullText.Configure(transaction, []);
                throw new InvalidOperationException();
            },
            CancellationToken.None).AsTask());

        await InsertAsync(test, "second lantern");
        Assert.Equal([2L, 1], (await SearchAsync(test, "lantern")).OrderDescending());
    }

    [Fact]
    public async Task The_index_follows_by_itself_when_writes_pause()
    {
        FakeClock clock = new();
        using TestDatabase test = new(clock: clock);
        await CreateNotesAsync(test);
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => InsertAsync(test, $"lantern {i}")));
        Assert.True(test.Database.FullText.PendingCount >= 1_000);

        while (test.Database.FullText.PendingCount > 0)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await test.RunAsync(_ => { });
        }

        Assert.Equal(1_000, test.Read("""SELECT count(*) FROM "note.$text"('"lantern"')"""));
    }

    [Fact]
    public async Task The_index_does_not_follow_while_other_tables_are_written()
    {
        FakeClock clock = new();
        using TestDatabase test = new(clock: clock);
        await CreateNotesAsync(test);
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => InsertAsync(test, $"lantern {i}")));

        for (int i = 0; i < 20; i++)
        {
            await test.InsertAsync(i);
            clock.Advance(TimeSpan.FromMilliseconds(30));
        }

        Assert.True(test.Database.FullText.PendingCount >= 1_000);
    }

    [Fact]
    public async Task Segments_that_searches_left_are_joined_when_writes_pause()
    {
        const string Segments = "SELECT count(DISTINCT segid) FROM \"note.$text_idx\"";
        FakeClock clock = new();
        using TestDatabase test = new(clock: clock);
        await CreateNotesAsync(test);
        for (int i = 0; i < 3; i++)
        {
            await InsertAsync(test, $"lantern {i}");
            await SearchAsync(test, "lantern");
        }

        long before = test.Read(Segments);
        while (test.Read(Segments) > 1)
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await test.RunAsync(_ => { });
        }

        Assert.Equal(3, before);
        Assert.Equal(3, (await SearchAsync(test, "lantern")).Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Searches_beside_writes_see_index_and_rows_agree(bool inMemory)
    {
        using TestDatabase test = new(inMemory);
        await CreateNotesAsync(test);
        using CancellationTokenSource stop = new();
        Task writes = Task.Run(async () =>
        {
            for (int i = 1; !stop.IsCancellationRequested; i++)
            {
                await InsertAsync(test, $"lantern {i}");
                await UpdateAsync(test, i, i % 2 == 0 ? "candle" : "lantern again");
            }
        });

        for (int i = 0; i < 200; i++)
        {
            using ReadTransaction read = await test.Database.FullText.BeginSearchAsync(CancellationToken.None);
            long indexed = read.Connection.ReadInt64("""SELECT count(*) FROM "note.$text"('"lantern"') f JOIN note t ON t."$doc" = f.rowid""")!.Value;
            long stale = read.Connection.ReadInt64("""SELECT count(*) FROM "note.$text"('"lantern"')""")!.Value;
            long rows = read.Connection.ReadInt64("SELECT count(*) FROM note WHERE text LIKE '%lantern%'")!.Value;

            Assert.Equal((rows, rows), (indexed, stale));
        }

        await stop.CancelAsync();
        await writes;
    }

    private static async Task<TestDatabase> OpenAsync()
    {
        TestDatabase test = new();
        await CreateNotesAsync(test);
        return test;
    }

    private static async Task CreateNotesAsync(TestDatabase test)
    {
        await test.RunAsync(c => c.Execute(ProjectionLayout.CreateTable("note", "text TEXT, extra TEXT, code BLOB")));
        await ConfigureAsync(test, Notes);
    }

    private static Task ConfigureAsync(TestDatabase test, SearchableTable table) =>
        test.RunInTransactionAsync(transaction => test.Database.FullText.Configure(transaction, [table]));

    private static Task InsertAsync(TestDatabase test, string text, string? extra = null, byte[]? code = null) => test.RunInTransactionAsync(transaction =>
    {
        using Statement insert = transaction.Connection.Prepare("INSERT INTO note VALUES (?1, ?2, ?3, ?4, ?5)");
        long doc = test.Database.FullText.NextDoc(transaction, "note");
        insert.Bind(1, doc);
        insert.BindBlob(2, Encoding.ASCII.GetBytes($"{doc:0000000000000000}"));
        insert.BindText(3, text);
        if (extra is not null)
        {
            insert.BindText(4, extra);
        }

        if (code is not null)
        {
            insert.BindBlob(5, code);
        }

        insert.Run();
    });

    private static Task UpdateAsync(TestDatabase test, long doc, string text) => test.RunInTransactionAsync(transaction =>
    {
        using Statement update = transaction.Connection.Prepare("""UPDATE note SET text = ?2 WHERE "$doc" = ?1""");
        update.Bind(1, doc);
        update.BindText(2, text);
        update.Run();
        test.Database.FullText.Changed(transaction, "note", doc);
    });

    private static Task DeleteAsync(TestDatabase test, long doc) => test.RunInTransactionAsync(transaction =>
    {
        using Statement delete = transaction.Connection.Prepare("""DELETE FROM note WHERE "$doc" = ?1""");
        delete.Bind(1, doc);
        delete.Run();
        test.Database.FullText.Changed(transaction, "note", doc);
    });

    private static async Task ChangeAsync(TestDatabase test, Dictionary<long, string> rows, SeededRandom random)
    {
        string text = Letters(random, random.Below(40));
        switch (random.Below(4))
        {
            case 0 or 1:
                await InsertAsync(test, text);
                rows.Add(test.Read("""SELECT max("$doc") FROM note"""), text);
                break;
            case 2 when rows.Count > 0:
                long updated = rows.Keys.ElementAt(random.Below(rows.Count));
                rows[updated] = text;
                await UpdateAsync(test, updated, text);
                break;
            case 3 when rows.Count > 0:
                long deleted = rows.Keys.ElementAt(random.Below(rows.Count));
                rows.Remove(deleted);
                await DeleteAsync(test, deleted);
                break;
            default:
                break;
        }
    }

    private static string Letters(SeededRandom random, int count) => new([.. Enumerable.Range(0, count).Select(_ => "ab"[random.Below(2)])]);

    private static async Task<List<long>> SearchAsync(TestDatabase test, string search, string rank = "f.rank")
    {
        using ReadTransaction read = await test.Database.FullText.BeginSearchAsync(CancellationToken.None);
        using Statement statement = read.Connection.Prepare(
            $"""SELECT t."$doc" FROM "note.$text"(?1) f JOIN note t ON t."$doc" = f.rowid ORDER BY {rank}, t.id""");
        statement.BindText(1, SearchText.ToMatch(Encoding.UTF8.GetBytes(search)) ?? "\"\"");
        List<long> found = [];
        while (statement.Step())
        {
            found.Add(statement.GetInt64(0));
        }

        return found;
    }

    /// <summary>Documents the index still answers with though no row has them.</summary>
    private static async Task<int> CountStaleAsync(TestDatabase test, Dictionary<long, string> rows)
    {
        using ReadTransaction read = await test.Database.FullText.BeginSearchAsync(CancellationToken.None);
        using Statement statement = read.Connection.Prepare("""SELECT rowid FROM "note.$text"('aaa OR aab OR aba OR abb OR baa OR bab OR bba OR bbb')""");
        int stale = 0;
        while (statement.Step())
        {
            stale += rows.ContainsKey(statement.GetInt64(0)) ? 0 : 1;
        }

        return stale;
    }
}
