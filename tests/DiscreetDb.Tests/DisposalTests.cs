using DiscreetDb.TestKit;

namespace DiscreetDb.Tests;

public sealed class DisposalTests
{
    [Fact]
    public async Task Every_call_on_a_closed_database_says_so()
    {
        using TempFolder folder = new();
        Discreet app = await TestDatabase.OnDiskAsync(folder);
        await app.DisposeAsync();

        Func<Task>[] calls =
        [
            () => app.QueryAsync("query { harbour.Boat { name } }"),
            () => Task.FromResult(app.Query("query { harbour.Boat { name } }")),
            () => app.MutateAsync("mutate { harbour.Boat { name: \"x\" } }"),
            () => app.DeleteAsync("delete { harbour.Boat { $id } }", new { id = Uid.Zero }),
            () => app.UpdateDataModelAsync(TestDatabase.Model + " a { B { c: String } }"),
            () => app.BackupAsync(folder.File("never-written")),
            () => app.VerifyAsync(),
            () => app.RebuildAsync(),
            () => app.SizeAsync(),
            () => app.CompactAsync(),
        ];

        foreach (Func<Task> call in calls)
        {
            await Failing.WithAsync(ErrorCode.Closed, call);
        }
    }

    [Fact]
    public async Task Disposing_twice_is_disposing_once()
    {
        Discreet app = await TestDatabase.InMemoryAsync();

        await app.DisposeAsync();
        await app.DisposeAsync();
        app.Dispose();
    }

    [Fact]
    public async Task What_runs_while_the_database_is_closed_ends_or_says_so_and_nothing_is_half_written()
    {
        using TempFolder folder = new();
        Discreet app = await TestDatabase.OnDiskAsync(folder);
        for (int i = 0; i < 200; i++)
        {
            await app.AddBoatAsync($"{i}");
        }

        Task<bool>[] calls = [.. Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            try
            {
                await (i % 2 == 0
                    ? app.QueryAsync("query { harbour.Boat(order_by(name desc)) { id name owners { nick } } }")
                    : (Task)app.MutateAsync("mutate { a: harbour.Boat { name: $n } b: harbour.Boat { name: $n } }", new { n = $"new {i}" }));
                return i % 2 == 1;
            }
            catch (DiscreetException closed) when (closed.Code == ErrorCode.Closed)
            {
                return false;
            }
        }))];
        await app.DisposeAsync();
        int acknowledged = (await Task.WhenAll(calls)).Count(written => written);

        await using Discreet again = await TestDatabase.OnDiskAsync(folder);
        int found = (await again.BoatsAsync()).Count - 200;
        Assert.True(found >= 2 * acknowledged && found % 2 == 0, $"{acknowledged} acknowledged, {found} rows found");
    }
}
