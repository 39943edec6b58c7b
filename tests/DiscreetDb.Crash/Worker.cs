using System.Text.Json;

namespace DiscreetDb.Crash;

/// <summary>
/// One of several loops in the process that is killed. Each document inserts a batch in the private room, its parts
/// without a room, a row that is deleted later, and moves a counter: several rows, several logs, one unit.
/// </summary>
internal sealed class Worker(Discreet database, int number, TextWriter output)
{
    public const int Count = 4;

    /// <summary>Longest list of parts; their number follows from the batch, so that a half document shows.</summary>
    private const int MostParts = 5;

    public static int PartCountOf(long sequence) => (int)(sequence * 7 % MostParts) + 1;

    /// <summary>Works until the process ends.</summary>
    public async Task RunAsync()
    {
        (string counter, long last) = await FindCounterAsync();
        Dictionary<long, string> extras = [];
        for (long sequence = last + 1; ; sequence++)
        {
            extras[sequence] = await InsertAsync(counter, sequence);
            Say($"ack {number} {sequence}");
            if (sequence % 3 == 0 && extras.Remove(sequence - 1, out string? extra))
            {
                await database.DeleteAsync("delete { work.Extra { $id } }", new Parameters { ["id"] = extra });
                Say($"del {number} {sequence - 1}");
            }
        }
    }

    private async Task<string> InsertAsync(string counter, long sequence)
    {
        IEnumerable<string> parts = Enumerable.Range(0, PartCountOf(sequence)).Select(i => $"{{ room_id: null index: {i} text: $text }}");
        MutationResult result = await database.MutateAsync(
            $$"""
            mutate {
              work.Batch { room_id: $room worker: $worker sequence: $sequence parts: [{{string.Join(", ", parts)}}] }
              extra: work.Extra { worker: $worker sequence: $sequence }
              work.Counter { id: $counter last: $sequence }
            }
            """,
            new Parameters
            {
                ["room"] = database.PrivateRoom,
                ["worker"] = number,
                ["sequence"] = sequence,
                ["text"] = $"part of {sequence}",
                ["counter"] = counter,
            });
        return JsonDocument.Parse(result.Utf8).RootElement.GetProperty("extra").GetProperty("id").GetString()!;
    }

    private async Task<(string Id, long Last)> FindCounterAsync()
    {
        var worker = new Parameters { ["worker"] = number };
        QueryResult found = await database.QueryAsync("query { c: work.Counter(worker = $worker) { id last } }", worker);
        JsonElement counters = JsonDocument.Parse(found.Utf8).RootElement.GetProperty("c");
        if (counters.GetArrayLength() > 0)
        {
            return (counters[0].GetProperty("id").GetString()!, counters[0].GetProperty("last").GetInt64());
        }

        MutationResult made = await database.MutateAsync("mutate { c: work.Counter { worker: $worker last: 0 } }", worker);
        return (JsonDocument.Parse(made.Utf8).RootElement.GetProperty("c").GetProperty("id").GetString()!, 0);
    }

    /// <summary>One line per acknowledgement, written at once: the pipe keeps it when the process is killed.</summary>
    private void Say(string line) => output.WriteLine(line);
}
