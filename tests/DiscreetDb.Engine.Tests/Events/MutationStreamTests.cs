namespace DiscreetDb.EngineTests.Events;

public sealed class MutationStreamTests
{
    private readonly List<TaskCompletionSource<MutationResult>> _sent = [];

    [Fact]
    public async Task Results_come_in_the_order_sent_whatever_ends_first()
    {
        await using MutationStream stream = NewStream();
        await stream.SendAsync("0");
        await stream.SendAsync("1");
        stream.Complete();
        _sent[1].SetResult(Result(1));
        _sent[0].SetResult(Result(0));

        List<StreamedResult> results = await stream.Results().ToListAsync();

        Assert.Equal([0L, 1L], results.Select(result => result.Index));
        Assert.Equal(["0", "1"], results.Select(result => result.Result.ToString()));
    }

    [Fact]
    public async Task A_refused_document_is_a_result_and_the_others_go_on()
    {
        await using MutationStream stream = NewStream();
        await stream.SendAsync("0");
        await stream.SendAsync("1");
        stream.Complete();
        _sent[0].SetException(new DiscreetException(ErrorCode.UnknownRow, "no such row"));
        _sent[1].SetResult(Result(1));

        List<StreamedResult> results = await stream.Results().ToListAsync();

        Assert.Equal(ErrorCode.UnknownRow, results[0].Error!.Code);
        Assert.Throws<DiscreetException>(() => results[0].Result);
        Assert.Null(results[1].Error);
    }

    [Fact]
    public async Task Sending_waits_when_too_much_is_unread_and_goes_on_when_it_is_read()
    {
        await using MutationStream stream = NewStream();
        for (int i = 0; i < Limits.MutationStreamLength; i++)
        {
            await stream.SendAsync("x");
            _sent[i].SetResult(Result(i));
        }

        Task waiting = stream.SendAsync("x").AsTask();
        Assert.False(waiting.IsCompleted);
        await using IAsyncEnumerator<StreamedResult> results = stream.Results().GetAsyncEnumerator();
        await results.MoveNextAsync();

        await waiting;
        Assert.Equal(Limits.MutationStreamLength + 1, _sent.Count);
        _sent[^1].SetResult(Result(0));
    }

    [Fact]
    public async Task Waiting_to_send_can_be_cancelled()
    {
        await using MutationStream stream = NewStream();
        for (int i = 0; i < Limits.MutationStreamLength; i++)
        {
            await stream.SendAsync("x");
            _sent[i].SetResult(Result(i));
        }

        using CancellationTokenSource stop = new();
        Task waiting = stream.SendAsync("x", cancellationToken: stop.Token).AsTask();
        await stop.CancelAsync();

        Assert.Equal(ErrorCode.Cancelled, (await Assert.ThrowsAsync<DiscreetException>(() => waiting)).Code);
    }

    [Fact]
    public async Task Nothing_is_sent_after_completion()
    {
        await using MutationStream stream = NewStream();
        stream.Complete();

        await Assert.ThrowsAsync<InvalidOperationException>(() => stream.SendAsync("x").AsTask());
        Assert.Empty(_sent);
    }

    [Fact]
    public async Task Results_are_read_once()
    {
        await using MutationStream stream = NewStream();
        _ = stream.Results();

        Assert.Throws<InvalidOperationException>(() => stream.Results());
    }

    [Fact]
    public async Task Disposal_waits_for_what_was_sent_and_frees_who_waits_to_send()
    {
        MutationStream stream = NewStream();
        for (int i = 0; i < Limits.MutationStreamLength; i++)
        {
            await stream.SendAsync("x");
        }

        Task waiting = stream.SendAsync("x").AsTask();
        Task disposal = stream.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting);
        Assert.False(disposal.IsCompleted);
        _sent.ForEach(sent => sent.SetResult(Result(0)));

        await disposal;
    }

    private MutationStream NewStream() => new((_, _, _) =>
    {
        TaskCompletionSource<MutationResult> sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _sent.Add(sent);
        return sent.Task;
    });

    private static MutationResult Result(int index) => new(System.Text.Encoding.UTF8.GetBytes($"{index}"), []);
}
