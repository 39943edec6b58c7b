using DiscreetDb.Storage;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Storage;

public sealed class ReaderPoolTests
{
    private const string Endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n";

    [Fact]
    public async Task A_snapshot_does_not_move()
    {
        using TestDatabase test = new();
        using ReadTransaction read = test.Database.Readers.Begin(CancellationToken.None);

        await test.InsertAsync(1);

        Assert.Equal(0, read.Connection.ReadInt64("SELECT count(*) FROM t"));
        Assert.Equal(1, test.Count());
    }

    [Fact]
    public void Readers_cannot_write()
    {
        using TestDatabase test = new();
        using ReadTransaction read = test.Database.Readers.Begin(CancellationToken.None);

        Assert.Throws<DiscreetException>(() => read.Connection.Execute("DELETE FROM t"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_readers_run_at_once(bool inMemory)
    {
        using TestDatabase test = new(inMemory);
        ReadTransaction[] reads = [.. Enumerable.Range(0, test.Options.ReaderCount).Select(_ => test.Database.Readers.Begin(CancellationToken.None))];

        Assert.All(reads, read => Assert.Equal(0, read.Connection.ReadInt64("SELECT count(*) FROM t")));
        Assert.All(reads, read => read.Dispose());
    }

    [Fact]
    public async Task The_pages_of_a_reader_are_kept_while_it_is_used_and_given_back_when_it_is_not()
    {
        FakeClock clock = new();
        using TestDatabase test = new(clock: clock);
        await test.RunAsync(c => Enumerable.Range(0, 2_000).ToList().ForEach(i => TestDatabase.Insert(c, i, new string('x', 1_000))));
        long afterReading = CacheSizeAfter("SELECT sum(length(text)) FROM t");

        clock.Advance(TimeSpan.FromSeconds(35));
        long afterHalfAMinute = CacheSizeAfter("SELECT 1");
        clock.Advance(TimeSpan.FromSeconds(95));
        long afterIdling = CacheSizeAfter("SELECT 1");

        Assert.True(afterReading > 2_000_000, $"{afterReading} bytes");
        Assert.True(afterHalfAMinute >= afterReading, $"{afterHalfAMinute} of {afterReading} bytes");
        Assert.True(afterIdling < afterReading / 10, $"{afterIdling} of {afterReading} bytes");

        long CacheSizeAfter(string sql)
        {
            using ReadTransaction read = test.Database.Readers.Begin(CancellationToken.None);
            read.Connection.ReadInt64(sql);
            return read.Connection.CacheSizeBytes;
        }
    }

    [Fact]
    public async Task A_read_beyond_the_pool_waits_for_a_connection()
    {
        using TestDatabase test = new();
        ReadTransaction[] reads = [.. Enumerable.Range(0, test.Options.ReaderCount).Select(_ => test.Database.Readers.Begin(CancellationToken.None))];
        Task<long> waiting = Task.Run(test.Count);

        reads[0].Dispose();

        Assert.Equal(0, await waiting);
        Assert.All(reads, read => read.Dispose());
    }

    [Fact]
    public async Task A_waiting_read_can_be_cancelled()
    {
        using TestDatabase test = new();
        ReadTransaction[] reads = [.. Enumerable.Range(0, test.Options.ReaderCount).Select(_ => test.Database.Readers.Begin(CancellationToken.None))];
        using CancellationTokenSource cancel = new();
        Task waiting = Task.Run(() => test.Database.Readers.Begin(cancel.Token));

        await cancel.CancelAsync();

        Assert.Equal(ErrorCode.Cancelled, (await Assert.ThrowsAsync<DiscreetException>(() => waiting)).Code);
        Assert.All(reads, read => read.Dispose());
    }

    [Fact]
    public async Task A_running_statement_can_be_cancelled_and_its_connection_serves_again()
    {
        using TestDatabase test = new();
        using CancellationTokenSource cancel = new();
        using ReadTransaction read = test.Database.Readers.Begin(cancel.Token);
        Task<long?> endless = Task.Run(() => read.Connection.ReadInt64(Endless));

        await cancel.CancelAsync();

        Assert.Equal(ErrorCode.Cancelled, (await Assert.ThrowsAsync<DiscreetException>(() => endless)).Code);
        read.Dispose();
        Assert.Equal(0, test.Count());
    }

    [Fact]
    public async Task A_statement_stops_at_its_deadline()
    {
        FakeClock clock = new();
        using TestDatabase test = new(clock: clock);
        using ReadTransaction read = test.Database.Readers.Begin(CancellationToken.None, TimeSpan.FromSeconds(1));
        Task<long?> endless = Task.Run(() => read.Connection.ReadInt64(Endless));

        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ErrorCode.TimedOut, (await Assert.ThrowsAsync<DiscreetException>(() => endless)).Code);
    }

    [Fact]
    public async Task Closing_stops_running_reads()
    {
        using TestDatabase test = new();
        Task endless = Task.Run(() =>
        {
            using ReadTransaction read = test.Database.Readers.Begin(CancellationToken.None);
            test.Run(_ => { });
            read.Connection.ReadInt64(Endless);
        });
        await test.InsertAsync(1);

        test.Close();

        DiscreetException failure = await Assert.ThrowsAsync<DiscreetException>(() => endless);
        Assert.Equal(ErrorCode.Closed, failure.Code);
        Assert.Equal(ErrorCode.Closed, Assert.Throws<DiscreetException>(() => test.Database.Readers.Begin(CancellationToken.None)).Code);
    }

    [Fact]
    public void An_ended_transaction_is_not_used_again()
    {
        using TestDatabase test = new();
        ReadTransaction read = test.Database.Readers.Begin(CancellationToken.None);

        read.Dispose();
        read.Dispose();

        Assert.Throws<ObjectDisposedException>(() => read.Connection);
    }
}
