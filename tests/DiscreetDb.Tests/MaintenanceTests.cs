using DiscreetDb.TestKit;

namespace DiscreetDb.Tests;

public sealed class MaintenanceTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private Discreet _app = null!;

    public async Task InitializeAsync()
    {
        _app = await TestDatabase.OnDiskAsync(_folder);
        for (int i = 0; i < 20; i++)
        {
            await _app.MutateAsync("mutate { harbour.Boat { name: $name owners: [{ nick: $nick }] } }", new { name = $"boat {i:00}", nick = $"owner {i}" });
        }

        await _app.DeleteAsync("delete { harbour.Boat { $id } }", new { id = (await _app.BoatsAsync())[7].Id });
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_backup_opens_like_the_database_it_was_made_of()
    {
        using TempFolder other = new();
        string name = Path.GetFileName(TestDatabase.FileIn(_folder));
        string[] before = await _app.BoatNamesAsync();

        await _app.BackupAsync(other.File(name));

        await _app.AddBoatAsync("after the backup");
        await using Discreet restored = await TestDatabase.OnDiskAsync(other);
        Assert.Equal(before, await restored.BoatNamesAsync());
        Assert.True((await restored.VerifyAsync()).IsSound);
        await restored.AddBoatAsync("goes on");
    }

    [Fact]
    public async Task A_backup_is_encrypted()
    {
        string file = _folder.File("backup");

        await _app.BackupAsync(file);

        Assert.True((await File.ReadAllBytesAsync(file)).AsSpan().IndexOf("boat 01"u8) < 0);
    }

    [Fact]
    public async Task A_backup_overwrites_nothing()
    {
        string file = _folder.File("backup");
        await File.WriteAllTextAsync(file, "mine");

        await Failing.WithAsync(ErrorCode.StorageFailed, () => _app.BackupAsync(file));

        Assert.Equal("mine", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Writing_goes_on_while_a_backup_is_made()
    {
        Task backup = _app.BackupAsync(_folder.File("backup"));

        for (int i = 0; i < 50; i++)
        {
            await _app.AddBoatAsync($"new {i}");
        }

        await backup;
        Assert.Equal(69, (await _app.BoatsAsync()).Count);
    }

    [Fact]
    public async Task A_sound_database_is_verified_as_sound()
    {
        VerificationReport before = await _app.VerifyAsync();
        await _app.MutateAsync("mutate { a: harbour.Boat { name: \"Aria\" } b: harbour.Boat { name: \"Borea\" } }");
        VerificationReport after = await _app.VerifyAsync();

        Assert.Empty(after.Findings);
        Assert.Equal((before.CommitCount + 1, before.RowCount + 2), (after.CommitCount, after.RowCount));
    }

    [Fact]
    public async Task Rebuilding_gives_the_same_answers()
    {
        const string Text = "query { b: harbour.Boat { id cdate mdate name crew owners { id nick } } s: harbour.Boat(search(\"boat 1\")) { name } }";
        string before = (await _app.QueryAsync(Text)).ToString();

        await _app.RebuildAsync();

        Assert.Equal(before, (await _app.QueryAsync(Text)).ToString());
        Assert.True((await _app.VerifyAsync()).IsSound);
        await _app.AddBoatAsync("goes on");
    }

    [Fact]
    public async Task Size_tells_what_the_files_take()
    {
        DatabaseSize size = await _app.SizeAsync();

        Assert.True(size.FileSizeBytes >= 4096, $"{size}");
        Assert.Equal(size.FileSizeBytes + size.WalSizeBytes, size.TotalSizeBytes);
    }

    [Fact]
    public async Task Compaction_gives_the_room_of_deleted_rows_back()
    {
        string name = new('x', 100_000);
        for (int i = 0; i < 20; i++)
        {
            string id = await _app.AddBoatAsync(name);
            await _app.DeleteAsync("delete { harbour.Boat { $id } }", new { id });
        }

        DatabaseSize before = await _app.SizeAsync();
        await _app.CompactAsync();
        DatabaseSize after = await _app.SizeAsync();

        Assert.True(before.FreeSizeBytes > 0 && after.FileSizeBytes <= before.FileSizeBytes - before.FreeSizeBytes, $"{before} before, {after} after");
        Assert.Equal(0, after.FreeSizeBytes);
        Assert.Equal(19, (await _app.BoatsAsync()).Count);
    }

    [Fact]
    public async Task A_database_in_memory_has_no_backup()
    {
        await using Discreet app = await TestDatabase.InMemoryAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => app.BackupAsync(_folder.File("backup")));
    }

    [Fact]
    public async Task The_blocking_twins_do_the_same()
    {
        _app.Backup(_folder.File("backup"));
        _app.Rebuild();
        _app.Compact();

        Assert.True(_app.Verify().IsSound);
        Assert.True(_app.Size().FileSizeBytes > 0);
        Assert.Equal(19, (await _app.BoatsAsync()).Count);
    }

    [Fact]
    public async Task An_empty_file_name_is_the_callers_mistake() => await Assert.ThrowsAsync<ArgumentException>(() => _app.BackupAsync(" "));
}
