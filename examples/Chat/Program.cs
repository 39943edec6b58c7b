using DiscreetDb;

// A chat with oneself. What is typed is written to the private room; a query triggered by the change brings it back.
if (args.Length is 2 or > 3)
{
    Console.Error.WriteLine("usage: Chat [FOLDER [LOGIN PASSWORD]]");
    return 2;
}

const string Model = "chat { Message{ content:String } }";
const string Query = "query { res: chat.Message( order_by(mdate asc, id asc), after($mdate, $id), room_id = $room_id ) { id mdate content } }";
const string Mutation = "mutate { chat.Message { room_id:$room_id content: $message } }";
const string AppKey = "example.com/chat";

string? folder = args.Length > 0 ? args[0] : null;
(string login, string password) = args.Length == 3 ? (args[1], args[2]) : ("my login", "my password");

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

try
{
    byte[] keyMaterial = KeyMaterial.DerivePassPhrase(login, password, AppKey);
    await using Discreet app = await Discreet.New(Model, AppKey, keyMaterial, folder, cancellationToken: stop.Token);
    string room = app.PrivateRoom;
    Message last = new(Uid.Zero.ToString(), 0, "");

    IAsyncEnumerable<DiscreetEvent> events = app.Events(stop.Token);
    await ShowNewMessages();
    Console.WriteLine("Type a message, /q to quit.");

    using SemaphoreSlim shown = new(0);
    Task showing = ShowMessagesAsTheyCome();
    while (!showing.IsCompleted && await ReadLine() is { } text and not "/q")
    {
        await app.MutateAsync(Mutation, new() { ["room_id"] = room, ["message"] = text }, stop.Token);
        await Task.WhenAny(shown.WaitAsync(stop.Token), showing);
    }

    await stop.CancelAsync();
    await showing;
    return 0;

    async Task ShowMessagesAsTheyCome()
    {
        await foreach (DiscreetEvent happened in events)
        {
            if (happened is DiscreetEvent.DataChanged changed && changed.Concerns("chat.Message"))
            {
                await ShowNewMessages();
                shown.Release();
            }
        }
    }

    async Task ShowNewMessages()
    {
        QueryResult result = await app.QueryAsync(Query, new() { ["mdate"] = last.Mdate, ["id"] = last.Id, ["room_id"] = room });
        foreach (Message message in result.Take<Message>("res"))
        {
            Console.WriteLine($"you said: {message.Content}");
            last = message;
        }
    }
}
catch (Exception stopped) when (stop.IsCancellationRequested && stopped is OperationCanceledException or DiscreetException { Code: ErrorCode.Cancelled })
{
    return 0;
}
catch (DiscreetException failure)
{
    Console.Error.WriteLine($"{failure.Code}: {failure.Message}");
    return 1;
}

// Console.ReadLine cannot be interrupted, but one need not wait for it.
Task<string?> ReadLine() => Task.Run(Console.ReadLine).WaitAsync(stop.Token);

internal sealed record Message(string Id, long Mdate, string Content);
