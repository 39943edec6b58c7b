using System.Security.Cryptography;
using System.Text;
using DiscreetDb.Core;
using DiscreetDb.Storage;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Log;

/// <summary>
/// A restored backup, an older file put back and a copied folder go on as devices of their own (I9): whatever both files write
/// afterwards, no place in a log is signed twice, and nothing is lost.
/// </summary>
public sealed class CopiedFileTests : IDisposable
{
    private const string AppKey = "example.com/test";

    private static readonly byte[] Key = SHA256.HashData("a user of tests"u8);

    private readonly TempFolder _folder = new();
    private readonly TempFolder _other = new();
    private readonly FakeClock _clock = new();

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_database_stays_the_device_it_is_however_often_it_is_opened()
    {
        for (int i = 0; i < 4; i++)
        {
            await Write(_folder, $"{i}");
        }

        Assert.Single(Devices(_folder));
    }

    [Fact]
    public async Task A_restored_backup_is_another_device()
    {
        await using (Engine original = await Open(_folder))
        {
            await Write(original, "before");
            await original.BackupAsync(_other.File(FileName()), CancellationToken.None);
            await Write(original, "after, in the original");
        }

        await Write(_other, "after, in the backup");
        await Write(_other, "and again");
        await Write(_folder, "again in the original");

        RequireNothingSignedTwice();
        Assert.Single(Devices(_folder));
        Assert.Equal(2, Devices(_other).Count);
        Assert.Equal(["after, in the backup", "and again", "before"], await Read(_other));
        Assert.Equal(["after, in the original", "again in the original", "before"], await Read(_folder));
    }

    [Fact]
    public async Task A_backup_put_in_the_place_of_the_original_is_another_device()
    {
        string backup = _other.File("backup");
        await using (Engine original = await Open(_folder))
        {
            await Write(original, "before");
            await original.BackupAsync(backup, CancellationToken.None);
            await Write(original, "lost with the original");
        }

        Dictionary<string, string> before = Commits(_folder);
        File.Copy(backup, _folder.File(FileName()), overwrite: true);
        await Write(_folder, "after");

        RequireNothingSignedTwice(before, Commits(_folder));
        Assert.Equal(2, Devices(_folder).Count);
        Assert.Equal(["after", "before"], await Read(_folder));
    }

    [Fact]
    public async Task An_older_file_put_back_is_another_device()
    {
        await Write(_folder, "before");
        string copy = _other.File("copy");
        File.Copy(_folder.File(FileName()), copy);
        await Write(_folder, "lost");
        Dictionary<string, string> before = Commits(_folder);

        File.Copy(copy, _folder.File(FileName()), overwrite: true);
        await Write(_folder, "after");

        RequireNothingSignedTwice(before, Commits(_folder));
        Assert.Equal(2, Devices(_folder).Count);
    }

    [Fact]
    public async Task A_copied_folder_is_another_device()
    {
        await Write(_folder, "before");
        await Write(_folder, "before too");
        CopyFolder();

        await Write(_folder, "here");
        await Write(_other, "there");
        await Write(_folder, "here again");
        await Write(_other, "there again");

        RequireNothingSignedTwice();
        Assert.Single(Devices(_folder));
        Assert.Equal(2, Devices(_other).Count);
        Assert.Equal(["before", "before too", "there", "there again"], await Read(_other));
    }

    [Fact]
    public async Task A_copy_whose_lock_file_stayed_behind_is_another_device()
    {
        await Write(_folder, "before");
        File.Copy(_folder.File(FileName()), _other.File(FileName()));

        await Write(_other, "there");

        Assert.Equal(2, Devices(_other).Count);
    }

    [Fact]
    public async Task A_copy_that_could_not_be_opened_stays_a_copy()
    {
        await Write(_folder, "before");
        CopyFolder();

        await Assert.ThrowsAsync<DiscreetException>(() => Open(_other, "t { Other { text: String } }"));
        await Write(_other, "there");

        Assert.Equal(2, Devices(_other).Count);
    }

    [Fact]
    public async Task Devices_introduce_themselves_by_name_and_sign_for_themselves()
    {
        await Write(_folder, "before");
        CopyFolder();
        await Write(_other, "there");

        await using Engine copy = await Open(_other);
        QueryResult devices = new((await copy.QueryAsync("query { d: sys.Device { name status room_id } }", null, CancellationToken.None)).Utf8);

        Assert.Equal(
            [("device", "enabled", copy.PrivateRoom.ToString()), ("device", "enabled", copy.PrivateRoom.ToString())],
            devices.Take<DeviceRow>("d").Select(row => (row.Name, row.Status, row.RoomId)));
        Assert.True((await copy.VerifyAsync(CancellationToken.None)).IsSound);
    }

    private static string FileName()
    {
        using UserKeys user = UserKeys.Derive(AppKey, Key);
        return user.FileName;
    }

    private static async Task Write(Engine engine, string text) =>
        await engine.MutateAsync(
            "mutate { shared: t.Row { room_id: $room text: $text } local: t.Row { text: $local } }",
            new Parameters { ["room"] = engine.PrivateRoom.ToString(), ["text"] = text, ["local"] = $"local, {text}" },
            null,
            CancellationToken.None);

    private async Task Write(TempFolder folder, string text)
    {
        await using Engine engine = await Open(folder);
        await Write(engine, text);
    }

    private async Task<string[]> Read(TempFolder folder)
    {
        await using Engine engine = await Open(folder);
        Parameters room = new() { ["room"] = engine.PrivateRoom.ToString() };
        QueryResult rows = new((await engine.QueryAsync("query { r: t.Row(room_id = $room, order_by(text asc)) { text } }", room, CancellationToken.None)).Utf8);
        return [.. rows.Take<TextRow>("r").Select(row => row.Text)];
    }

    private void CopyFolder()
    {
        foreach (string file in Directory.EnumerateFiles(_folder.Path))
        {
            File.Copy(file, _other.File(Path.GetFileName(file)));
        }
    }

    private Task<Engine> Open(TempFolder folder, string model = "t { Row { text: String } }") => Engine.OpenAsync(new EngineOptions
    {
        Model = model,
        AppKey = AppKey,
        KeyMaterial = Key,
        Folder = folder.Path,
        Scheduler = new ThreadScheduler((name, exception) => throw new InvalidOperationException(name, exception)),
        Random = SystemRandom.Instance,
        Options = new DiscreetOptions { TimeProvider = _clock, Durability = Durability.Normal },
    });

    private void RequireNothingSignedTwice() => RequireNothingSignedTwice(Commits(_folder), Commits(_other));

    private static void RequireNothingSignedTwice(Dictionary<string, string> one, Dictionary<string, string> other)
    {
        Assert.NotEmpty(one.Keys.Except(other.Keys));
        Assert.NotEmpty(other.Keys.Except(one.Keys));
        Assert.All(one.Keys.Intersect(other.Keys), place => Assert.Equal(one[place], other[place]));
    }

    private static HashSet<string> Devices(TempFolder folder) => [.. Commits(folder).Keys.Select(place => place.Split('/')[1])];

    /// <summary>Every commit of the file: room, device, kind and sequence, with its id.</summary>
    private static Dictionary<string, string> Commits(TempFolder folder)
    {
        using UserKeys user = UserKeys.Derive(AppKey, Key);
        using Database database = Database.Open(new DatabaseOptions
        {
            Path = folder.File(user.FileName),
            Key = user.DatabaseKey.Span.ToArray(),
            Application = AppKey,
            Scheduler = new ThreadScheduler((name, exception) => throw new InvalidOperationException(name, exception)),
        });
        using ReadTransaction read = database.Readers.Begin(CancellationToken.None);
        using Statement commits = read.Connection.Prepare(
            """SELECT hex(l.room) || '/' || hex(l.device) || '/' || l.kind || '/' || (c.no & 0xFFFFFFFFFF), hex(c.id) FROM "$commit" c JOIN "$log" l ON l.no = c.no >> 40""");
        Dictionary<string, string> found = [];
        while (commits.Step())
        {
            found.Add(Encoding.UTF8.GetString(commits.GetText(0)), Encoding.UTF8.GetString(commits.GetText(1)));
        }

        return found;
    }

    private sealed record TextRow(string Text);

    private sealed record DeviceRow(string Name, string Status, string RoomId);
}
