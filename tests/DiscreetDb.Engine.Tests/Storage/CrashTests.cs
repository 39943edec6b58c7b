using DiscreetDb.Storage;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Storage;

/// <summary>What the disk holds at a moment is what a crash leaves: files copied from under an open database.</summary>
public sealed class CrashTests
{
    [Fact]
    public async Task Every_acknowledged_row_is_there_after_a_crash_at_any_moment()
    {
        using TestDatabase test = new();
        for (int i = 1; i <= 30; i++)
        {
            await test.InsertAsync(i);

            DatabaseOptions image = TakeImage(test, $"crash{i}");
            using Database database = Database.Open(image);
            using ReadTransaction read = database.Readers.Begin(CancellationToken.None);
            Assert.Equal(i, read.Connection.ReadInt64("SELECT count(*) FROM t"));
        }
    }

    [Fact]
    public async Task A_truncated_write_ahead_log_leaves_a_beginning_of_what_was_written()
    {
        SeededRandom random = new();
        using TestDatabase test = new();
        for (int i = 1; i <= 50; i++)
        {
            await test.InsertAsync(i, new string('x', random.Below(3_000)));
        }

        long length = new FileInfo(test.Path + "-wal").Length;
        long before = 0;
        for (int i = 0; i <= 20; i++)
        {
            DatabaseOptions image = TakeImage(test, $"cut{i}");
            using (FileStream wal = File.OpenWrite(image.Path + "-wal"))
            {
                wal.SetLength(length * i / 20);
            }

            using Database database = Database.Open(image);
            using ReadTransaction read = database.Readers.Begin(CancellationToken.None);
            long count = read.Connection.ReadInt64("SELECT count(*) FROM sqlite_schema WHERE name = 't'") == 1 ? read.Connection.ReadInt64("SELECT count(*) FROM t")!.Value : 0;
            Assert.True(count >= before, $"{random}, {i}");
            Assert.True(count == 0 || read.Connection.ReadInt64("SELECT max(id) FROM t") == count, $"{random}, {i}");
            Assert.Empty(await database.CheckAsync(CancellationToken.None));
            before = count;
        }

        Assert.Equal(50, before);
    }

    [Fact]
    public void A_log_without_its_file_is_not_taken_for_a_new_database()
    {
        using TestDatabase test = new();
        DatabaseOptions image = TakeImage(test, "orphan");
        File.Delete(image.Path!);

        OpenTests.AssertFails(ErrorCode.DatabaseCorrupt, image);

        Assert.True(File.Exists(image.Path + "-wal"));
        Assert.False(File.Exists(image.Path));
    }

    [Fact]
    public void What_a_crash_while_creating_left_is_replaced()
    {
        using TestDatabase test = new();
        string path = Path.Combine(test.Folder, "second.db");
        File.WriteAllText(path + ".new", "half a database");

        using Database database = Database.Open(test.Options with { Path = path });

        Assert.False(File.Exists(path + ".new"));
    }

    /// <summary>The options of a copy of the database as a crash would leave it now.</summary>
    private static DatabaseOptions TakeImage(TestDatabase test, string name)
    {
        string path = Path.Combine(test.Folder, name + ".db");
        File.Copy(test.Path, path);
        File.Copy(test.Path + "-wal", path + "-wal");
        return test.Options with { Path = path };
    }
}
