using System.Security.Cryptography;
using DiscreetDb.Core;
using DiscreetDb.Storage;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Log;

/// <summary>The values of deleted rows leave the file 30 days after the deletion (log.md §3), without anybody asking.</summary>
public sealed class ValueExpiryTests : IDisposable
{
    private const string AppKey = "example.com/test";

    // More than one step.
    private const int RowCount = (3 * ValueExpiry.StepRowCount) + 10;

    private static readonly byte[] Key = SHA256.HashData("a user of tests"u8);

    private readonly TempFolder _folder = new();
    private readonly FakeClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Values_are_erased_while_the_database_stays_open()
    {
        await using (Engine engine = await Open())
        {
            await WriteAndDelete(engine);
            _clock.Advance(TimeSpan.FromDays(31));
            await engine.Erasing;
        }

        Assert.Equal((0, 0), Count());
    }

    [Fact]
    public async Task Values_are_kept_for_thirty_days_and_erased_at_the_next_opening_after_them()
    {
        await using (Engine engine = await Open())
        {
            await WriteAndDelete(engine);
            _clock.Advance(TimeSpan.FromDays(29));
            await engine.Erasing;
        }

        (int waiting, int holding) = Count();
        _clock.Advance(TimeSpan.FromDays(2));
        await using (Engine engine = await Open())
        {
            await engine.Erasing;
            Assert.True((await engine.VerifyAsync(CancellationToken.None)).IsSound);
        }

        Assert.Equal(RowCount, waiting);
        Assert.True(holding > 0);
        Assert.Equal((0, 0), Count());
    }

    private static async Task WriteAndDelete(Engine engine)
    {
        string rows = string.Concat(Enumerable.Range(0, RowCount).Select(i => $"r{i}: t.Row {{ room_id: $room text: \"a secret\" }} "));
        Parameters room = new() { ["room"] = engine.PrivateRoom.ToString() };
        await engine.MutateAsync($"mutate {{ {rows} }}", room, null, CancellationToken.None);
        QueryResult all = new((await engine.QueryAsync("query { rows: t.Row { id } }", null, CancellationToken.None)).Utf8);
        Parameters ids = new();
        string deletions = string.Concat(all.Take<Row>("rows").Select((row, i) =>
        {
            ids[$"r{i}"] = row.Id;
            return $"t.Row {{ $r{i} }} ";
        }));
        await engine.DeleteAsync($"delete {{ {deletions} }}", ids, CancellationToken.None);
    }

    private Task<Engine> Open() => Engine.OpenAsync(new EngineOptions
    {
        Model = "t { Row { text: String } }",
        AppKey = AppKey,
        KeyMaterial = Key,
        Folder = _folder.Path,
        Scheduler = new ThreadScheduler((name, exception) => throw new InvalidOperationException(name, exception)),
        Random = SystemRandom.Instance,
        Options = new DiscreetOptions { TimeProvider = _clock, Durability = Durability.Normal },
    });

    /// <summary>Deleted rows whose values wait to be erased, and commits in which a value can still be read.</summary>
    private (int Waiting, int Holding) Count()
    {
        using UserKeys user = UserKeys.Derive(AppKey, Key);
        using Database database = Database.Open(new DatabaseOptions
        {
            Path = Path.Combine(_folder.Path, user.FileName),
            Key = user.DatabaseKey.Span.ToArray(),
            Application = AppKey,
            Scheduler = new ThreadScheduler((name, exception) => throw new InvalidOperationException(name, exception)),
        });
        using ReadTransaction read = database.Readers.Begin(CancellationToken.None);
        return (
            (int)(read.Connection.ReadInt64("SELECT count(*) FROM \"$tombstone\" WHERE since IS NOT NULL") ?? -1),
            (int)(read.Connection.ReadInt64("SELECT count(*) FROM \"$commit\" WHERE instr(body, CAST('a secret' AS BLOB)) > 0") ?? -1));
    }

    private sealed record Row(string Id);
}
