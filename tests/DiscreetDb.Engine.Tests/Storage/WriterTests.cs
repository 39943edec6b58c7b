namespace DiscreetDb.EngineTests.Storage;

public sealed class WriterTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_failing_work_among_a_thousand_fails_alone(bool inMemory)
    {
        using TestDatabase test = new(inMemory);

        Task[] tasks =
        [
            .. Enumerable.Range(1, 1_000).Select(i => test.RunAsync(c =>
            {
                TestDatabase.Insert(c, i, "text");
                if (i == 500)
                {
                    throw new InvalidOperationException("this one");
                }
            })),
        ];

        await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(tasks));
        Assert.Equal(999, tasks.Count(t => t.IsCompletedSuccessfully));
        Assert.Equal(999, test.Count());
        Assert.Equal(0, test.Read("SELECT count(*) FROM t WHERE id = 500"));
    }
}
