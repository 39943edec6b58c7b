using DiscreetDb.Storage;

namespace DiscreetDb.EngineTests.Storage;

public sealed class MemoryTests
{
    [Fact]
    public async Task Databases_in_memory_are_apart()
    {
        using TestDatabase one = new(inMemory: true);
        using TestDatabase two = new(inMemory: true);

        await one.InsertAsync(1);

        Assert.Equal(1, one.Count());
        Assert.Equal(0, two.Count());
    }

    [Fact]
    public async Task A_snapshot_in_memory_holds_up_writes_and_does_not_move()
    {
        using TestDatabase test = new(inMemory: true);
        ReadTransaction read = test.Database.Readers.Begin(CancellationToken.None);
        Task insert = test.InsertAsync(1);
        Assert.Equal(0, read.Connection.ReadInt64("SELECT count(*) FROM t"));

        read.Dispose();

        await insert;
        Assert.Equal(1, test.Count());
    }

    [Fact]
    public async Task Reads_and_writes_in_memory_never_meet()
    {
        using TestDatabase test = new(inMemory: true);
        Task[] readers =
        [
            .. Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
            {
                for (int i = 0; i < 200; i++)
                {
                    using ReadTransaction read = test.Database.Readers.Begin(CancellationToken.None);
                    Assert.Equal(
                        read.Connection.ReadInt64("SELECT count(*) FROM t"), read.Connection.ReadInt64("SELECT coalesce(max(id), 0) FROM t"));
                }
            })),
        ];
        for (int i = 1; i <= 500; i++)
        {
            await test.InsertAsync(i);
        }

        await Task.WhenAll(readers);
        Assert.Equal(500, test.Count());
    }

    [Fact]
    public async Task Nothing_of_a_database_in_memory_is_written_out()
    {
        using TestDatabase test = new(inMemory: true);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => test.Database.BackupAsync(Path.Combine(test.Folder, "backup.db"), null, CancellationToken.None));

        Assert.Empty(Directory.GetFiles(test.Folder));
    }
}
