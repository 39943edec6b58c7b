using DiscreetDb.TestKit;

namespace DiscreetDb.Tests;

public sealed class OpeningTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_written_is_there_after_opening_again()
    {
        await using (Discreet app = await TestDatabase.OnDiskAsync(_folder))
        {
            await app.AddBoatAsync("Aria");
        }

        await using Discreet again = await TestDatabase.OnDiskAsync(_folder);

        Assert.Equal(["Aria"], await again.BoatNamesAsync());
    }

    [Fact]
    public async Task A_user_is_the_same_on_every_opening_and_another_with_another_key()
    {
        string key, room;
        await using (Discreet app = await TestDatabase.OnDiskAsync(_folder))
        {
            (key, room) = (app.VerifyingKey, app.PrivateRoom);
        }

        await using Discreet again = await TestDatabase.OnDiskAsync(_folder);
        await using Discreet other = await TestDatabase.OnDiskAsync(_folder, key: KeyMaterial.Generate());

        Assert.Equal((key, room), (again.VerifyingKey, again.PrivateRoom));
        Assert.Equal(VerifyingKey.TextLength, key.Length);
        Assert.Equal(Uid.TextLength, room.Length);
        Assert.NotEqual(key, other.VerifyingKey);
        Assert.NotEqual(room, other.PrivateRoom);
    }

    [Fact]
    public async Task Users_and_applications_share_a_folder()
    {
        await using Discreet one = await TestDatabase.OnDiskAsync(_folder);
        await using Discreet otherUser = await TestDatabase.OnDiskAsync(_folder, key: KeyMaterial.Generate());
        await using Discreet otherApplication = await Discreet.New(TestDatabase.Model, "example.com/other", TestDatabase.Key, _folder.Path);

        await one.AddBoatAsync("Aria");

        Assert.Empty(await otherUser.BoatNamesAsync());
        Assert.Empty(await otherApplication.BoatNamesAsync());
    }

    [Fact]
    public async Task A_database_exists_once_it_was_created()
    {
        Assert.False(Discreet.DatabaseExists(TestDatabase.AppKey, TestDatabase.Key, _folder.Path));

        await using Discreet app = await TestDatabase.OnDiskAsync(_folder);

        Assert.True(Discreet.DatabaseExists(TestDatabase.AppKey, TestDatabase.Key, _folder.Path));
        Assert.False(Discreet.DatabaseExists(TestDatabase.AppKey, KeyMaterial.Generate(), _folder.Path));
        Assert.False(Discreet.DatabaseExists("example.com/other", TestDatabase.Key, _folder.Path));
    }

    [Fact]
    public async Task A_mistyped_password_is_told_from_a_new_database()
    {
        DiscreetOptions never = new() { Create = CreateMode.Never };

        await Failing.WithAsync(ErrorCode.DatabaseNotFound, () => TestDatabase.OnDiskAsync(_folder, options: never));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_second_opening_is_refused_until_the_first_is_closed()
    {
        Discreet first = await TestDatabase.OnDiskAsync(_folder);
        DiscreetException failure = await Failing.WithAsync(ErrorCode.DatabaseInUse, () => TestDatabase.OnDiskAsync(_folder));
        await first.DisposeAsync();

        await using Discreet second = await TestDatabase.OnDiskAsync(_folder);

        Assert.True(failure.IsTransient);
    }

    [Fact]
    public async Task A_file_of_another_key_is_the_wrong_key_and_stays_as_it_is()
    {
        byte[] otherKey = KeyMaterial.Generate();
        await using (await TestDatabase.OnDiskAsync(_folder))
        {
        }

        string file = TestDatabase.FileIn(_folder);
        await using (await TestDatabase.OnDiskAsync(_folder, key: otherKey))
        {
        }

        string otherFile = TestDatabase.FilesIn(_folder).Single(path => path != file);
        File.Copy(otherFile, file, overwrite: true);
        byte[] before = await File.ReadAllBytesAsync(file);

        await Failing.WithAsync(ErrorCode.WrongKey, () => TestDatabase.OnDiskAsync(_folder));

        Assert.Equal(before, await File.ReadAllBytesAsync(file));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    public async Task A_truncated_file_is_damaged(int size)
    {
        await using (await TestDatabase.OnDiskAsync(_folder))
        {
        }

        string file = TestDatabase.FileIn(_folder);
        await File.WriteAllBytesAsync(file, new byte[size]);

        await Failing.WithAsync(ErrorCode.DatabaseCorrupt, () => TestDatabase.OnDiskAsync(_folder));
    }

    [Fact]
    public async Task Nothing_a_user_wrote_stands_readable_in_the_folder()
    {
        await using Discreet app = await TestDatabase.OnDiskAsync(_folder);
        await app.AddBoatAsync("a name nobody else has");

        Assert.All(
            Directory.EnumerateFiles(_folder.Path).Where(path => !path.EndsWith(".lock", StringComparison.Ordinal)),
            path => Assert.False(ReadShared(path).AsSpan().IndexOf("a name nobody else has"u8) >= 0, path));
    }

    [Fact]
    public async Task Disposal_releases_the_file()
    {
        await using (Discreet app = await TestDatabase.OnDiskAsync(_folder))
        {
            await app.AddBoatAsync("Aria");
        }

        Directory.Delete(_folder.Path, recursive: true);
        Directory.CreateDirectory(_folder.Path);
        await using Discreet empty = await TestDatabase.OnDiskAsync(_folder);

        Assert.Empty(await empty.BoatNamesAsync());
    }

    [Fact]
    public async Task The_folder_is_made_where_it_is_missing()
    {
        string path = Path.Combine(_folder.Path, "some", "where");

        await using Discreet app = await Discreet.New(TestDatabase.Model, TestDatabase.AppKey, TestDatabase.Key, path);

        Assert.NotEmpty(Directory.EnumerateFiles(path));
    }

    [Fact]
    public async Task An_invalid_model_is_refused_and_no_database_is_left()
    {
        await Failing.WithAsync(ErrorCode.SyntaxError, () => TestDatabase.OnDiskAsync(_folder, "harbour {"));

        Assert.False(Discreet.DatabaseExists(TestDatabase.AppKey, TestDatabase.Key, _folder.Path));
    }

    [Fact]
    public async Task Opening_with_a_model_the_stored_one_cannot_become_fails_and_keeps_the_data()
    {
        await using (Discreet app = await TestDatabase.OnDiskAsync(_folder))
        {
            await app.AddBoatAsync("Aria");
        }

        await Failing.WithAsync(ErrorCode.MissingNamespace, () => TestDatabase.OnDiskAsync(_folder, "chat { Message { content: String } }"));

        await using Discreet again = await TestDatabase.OnDiskAsync(_folder);
        Assert.Equal(["Aria"], await again.BoatNamesAsync());
    }

    [Fact]
    public async Task Databases_in_memory_know_nothing_of_each_other()
    {
        await using Discreet one = await TestDatabase.InMemoryAsync();
        await using Discreet other = await TestDatabase.InMemoryAsync();

        await one.AddBoatAsync("Aria");

        Assert.Equal(["Aria"], await one.BoatNamesAsync());
        Assert.Empty(await other.BoatNamesAsync());
    }

    [Fact]
    public async Task A_new_database_is_a_device_with_the_name_it_was_given()
    {
        await using (await TestDatabase.OnDiskAsync(_folder, options: new() { DeviceName = "Ann's laptop é" }))
        {
        }

        await using Discreet again = await TestDatabase.OnDiskAsync(_folder, options: new() { DeviceName = "not asked again" });
        await using Discreet unnamed = await TestDatabase.InMemoryAsync();

        Assert.Equal("Ann's laptop é", await DeviceNameOf(again));
        Assert.Equal("device", await DeviceNameOf(unnamed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\0b")]
    [InlineData("a name that is longer than anybody needs to tell two of them apart")]
    public async Task A_device_name_nobody_could_carry_is_the_callers_mistake(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => TestDatabase.OnDiskAsync(_folder, options: new() { DeviceName = name }));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Native_libraries_loaded_once_stay_whatever_folder_a_later_opening_names()
    {
        await using Discreet first = await TestDatabase.InMemoryAsync();

        await using Discreet second = await TestDatabase.InMemoryAsync(options: new() { NativeLibraryFolder = _folder.Path });

        await second.AddBoatAsync("Aria");
        Assert.Equal(["Aria"], await second.BoatNamesAsync());
    }

    [Fact]
    public async Task Misuse_is_the_callers_mistake()
    {
        byte[] key = TestDatabase.Key;

        await Assert.ThrowsAsync<ArgumentNullException>(() => Discreet.New(null!, TestDatabase.AppKey, key));
        await Assert.ThrowsAsync<ArgumentException>(() => Discreet.New("", " ", key));
        await Assert.ThrowsAsync<ArgumentException>(() => Discreet.New("", TestDatabase.AppKey, key[..31]));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => TestDatabase.InMemoryAsync(options: new() { ReaderCount = 0 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => TestDatabase.InMemoryAsync(options: new() { Durability = (Durability)7 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => TestDatabase.InMemoryAsync(options: new() { PageCache = new() { ReaderSizeBytes = 1 } }));
        await Assert.ThrowsAsync<ArgumentNullException>(() => TestDatabase.InMemoryAsync(options: new() { Logger = null! }));
    }

    [Fact]
    public async Task A_cancelled_opening_opens_nothing()
    {
        await Failing.WithAsync(
            ErrorCode.Cancelled,
            () => Discreet.New(TestDatabase.Model, TestDatabase.AppKey, TestDatabase.Key, _folder.Path, cancellationToken: new CancellationToken(true)));

        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    private static async Task<string> DeviceNameOf(Discreet app) =>
        (await app.QueryAsync("query { d: sys.Device { name } }")).Take<Boat>("d").Single().Name;

    private static byte[] ReadShared(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
