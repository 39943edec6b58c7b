using System.Text;
using System.Text.Json;
using DiscreetDb.TestKit;

namespace DiscreetDb.Benchmarks;

/// <summary>The engine doing the work of the benchmark, through its public API.</summary>
internal sealed class EngineSide : IDisposable
{
    public const int RowsPerMutation = 1_000;

    private static readonly Dictionary<string, string> BulkTexts = [];

    private readonly TempFolder _folder = new();
    private readonly Durability _durability;
    private Discreet _app;

    public EngineSide(Durability durability)
    {
        _durability = durability;
        _app = BenchModel.OpenAsync(_folder.Path, durability).GetAwaiter().GetResult();
    }

    public Discreet App => _app;

    public string Folder => _folder.Path;

    /// <summary>Rows of an entity with text and number, a thousand a mutation.</summary>
    public void Bulk(string entity, int count, Workload workload)
    {
        string text = BulkText(entity);
        for (int done = 0; done < count; done += RowsPerMutation)
        {
            var parameters = new Parameters { ["room"] = _app.PrivateRoom };
            for (int i = 0; i < RowsPerMutation; i++)
            {
                parameters.Add($"t{i}", workload.Text());
                parameters.Add($"n{i}", workload.Indexed());
            }

            _app.Mutate(text, parameters);
        }
    }

    /// <summary>Rows that queries look for: numbers count up in an order of their own, every thousandth row is of a group.</summary>
    public void FillRows(int count, Workload workload)
    {
        const string One = "bench.Row { room_id: $room text: $t number: $n grp: $g weight: $w }";
        string text = Document(One, ["t", "n", "g", "w"]);
        for (int done = 0; done < count; done += RowsPerMutation)
        {
            var parameters = new Parameters { ["room"] = _app.PrivateRoom };
            for (int i = 0; i < RowsPerMutation; i++)
            {
                parameters.Add($"t{i}", workload.Text());
                parameters.Add($"n{i}", NumberOf(done + i, count));
                parameters.Add($"g{i}", workload.Below(1_000));
                parameters.Add($"w{i}", workload.Below(1_000) / 4.0);
            }

            _app.Mutate(text, parameters);
        }
    }

    public void FillNotes(int count, Workload workload)
    {
        string text = Document("bench.Note { text: $t number: $n }", ["t", "n"]);
        for (int done = 0; done < count; done += RowsPerMutation)
        {
            var parameters = new Parameters();
            for (int i = 0; i < RowsPerMutation; i++)
            {
                parameters.Add($"t{i}", workload.SearchableText(done + i, count));
                parameters.Add($"n{i}", done + i);
            }

            _app.Mutate(text, parameters);
        }
    }

    /// <summary>A hundred persons, each with ten pets and ten parents.</summary>
    public void FillPersons()
    {
        MutationResult parents = _app.Mutate($"mutate {{ {string.Join(' ', Enumerable.Range(0, 20).Select(i => $"p{i}: bench.Person {{ name: \"parent {i}\" }}"))} }}");
        JsonElement answer = JsonDocument.Parse(parents.Utf8).RootElement;
        string[] ids = [.. Enumerable.Range(0, 20).Select(i => answer.GetProperty($"p{i}").GetProperty("id").GetString()!)];
        for (int person = 0; person < 100; person++)
        {
            int from = person;
            string links = string.Join(", ", Enumerable.Range(0, 10).Select(i => $"{{ id: \"{ids[(from + i) % ids.Length]}\" }}"));
            string pets = string.Join(", ", Enumerable.Range(0, 10).Select(i => $"{{ name: \"pet {i}\" }}"));
            _app.Mutate($"mutate {{ bench.Person {{ name: \"person {person}\" parents: [{links}] pets: [{pets}] }} }}");
        }
    }

    /// <summary>Numbers are a permutation, so that neighbours in the index lie far apart in the table.</summary>
    public static int NumberOf(int index, int count) => (int)((long)index * 7_919 % count);

    public void Single(string entity, Workload workload) =>
        _app.Mutate($"mutate {{ {entity} {{ room_id: $room text: $t number: $n }} }}", Values(workload));

    /// <summary>So many callers, each waiting for its own mutation before the next.</summary>
    public void InFlight(string entity, int callers, int count, Workload workload)
    {
        string text = $"mutate {{ {entity} {{ room_id: $room text: $t number: $n }} }}";
        Parameters[] values = [.. Enumerable.Range(0, count).Select(_ => Values(workload))];
        int next = -1;
        async Task CallAsync()
        {
            for (int i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                await _app.MutateAsync(text, values[i]);
            }
        }

        Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(CallAsync))).GetAwaiter().GetResult();
    }

    public void Stream(string entity, int count, Workload workload)
    {
        string text = $"mutate {{ {entity} {{ room_id: $room text: $t number: $n }} }}";
        Parameters[] values = [.. Enumerable.Range(0, count).Select(_ => Values(workload))];
        StreamAsync(text, values).GetAwaiter().GetResult();
    }

    public void Reopen()
    {
        Close();
        _app = BenchModel.OpenAsync(_folder.Path, _durability).GetAwaiter().GetResult();
    }

    public void Close() => _app.Dispose();

    public long SizeOnDisk() => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories).Sum(f => new FileInfo(f).Length);

    public void Dispose()
    {
        _app.Dispose();
        _folder.Dispose();
    }

    private async Task StreamAsync(string text, Parameters[] values)
    {
        await using MutationStream stream = _app.MutationStream();
        Task sending = Task.Run(async () =>
        {
            foreach (Parameters value in values)
            {
                await stream.SendAsync(text, value);
            }

            stream.Complete();
        });
        await foreach (StreamedResult result in stream.Results())
        {
            if (result.Error is { } error)
            {
                throw error;
            }
        }

        await sending;
    }

    private Parameters Values(Workload workload) => new() { ["room"] = _app.PrivateRoom, ["t"] = workload.Text(), ["n"] = workload.Indexed() };

    private static string BulkText(string entity)
    {
        if (!BulkTexts.TryGetValue(entity, out string? text))
        {
            BulkTexts[entity] = text = Document($"{entity} {{ room_id: $room text: $t number: $n }}", ["t", "n"]);
        }

        return text;
    }

    /// <summary>A thousand roots of one form, each with variables of its own.</summary>
    private static string Document(string root, string[] variables)
    {
        var text = new StringBuilder("mutate {");
        for (int i = 0; i < RowsPerMutation; i++)
        {
            string own = variables.Aggregate(root, (t, v) => t.Replace($"${v} ", $"${v}{i} ", StringComparison.Ordinal));
            text.Append($"\nr{i}: ").Append(own);
        }

        return text.Append("\n}").ToString();
    }
}
