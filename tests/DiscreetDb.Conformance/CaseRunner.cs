using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DiscreetDb.TestKit;

namespace DiscreetDb.Conformance;

/// <summary>Runs the steps of one case on a database of its own.</summary>
internal sealed class CaseRunner(Case @case, TempFolder? folder) : IAsyncDisposable
{
    private const string AppKey = "example.com/conformance";

    private static readonly JsonDocumentOptions StrictJson = new() { MaxDepth = 256, AllowDuplicateProperties = false };

    private readonly byte[] _keyMaterial = KeyMaterial.Generate();
    private string _model = @case.Model;
    private Discreet? _database;
    private BoundNames? _names;

    private Discreet Database => _database ?? throw new InvalidOperationException("The database is not open.");

    private BoundNames Names => _names ??= new BoundNames(Database);

    /// <summary>Null when every step passed, else a line about the first that did not.</summary>
    public async Task<string?> RunAsync()
    {
        try
        {
            await OpenAsync();
        }
        catch (Exception e)
        {
            return $"opening: {Describe(e)}";
        }

        for (int i = 0; i < @case.Steps.Count; i++)
        {
            Step step = @case.Steps[i];
            if (await RunStepAsync(step) is { } failure)
            {
                return $"step {i + 1} ({step.Kind.ToString().ToLowerInvariant()} {OneLine(step.Text)}): {failure}";
            }
        }

        return null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    private async Task<string?> RunStepAsync(Step step)
    {
        ReadOnlyMemory<byte> answer;
        try
        {
            answer = await ExecuteAsync(step);
        }
        catch (DiscreetException e)
        {
            return step.MustFail ? null : $"expected success, got {Describe(e)}";
        }
        catch (Exception e)
        {
            return $"expected {(step.MustFail ? "a DiscreetException" : "success")}, got {Describe(e)}";
        }

        return step.MustFail ? $"expected an error, got {OneLine(Encoding.UTF8.GetString(answer.Span))}" : CheckAnswer(step, answer);
    }

    private async Task<ReadOnlyMemory<byte>> ExecuteAsync(Step step)
    {
        Parameters? parameters = StepParameters.Build(step.Parameters, Names);
        switch (step.Kind)
        {
            case StepKind.Query:
                return (await Database.QueryAsync(step.Text, parameters)).Utf8;
            case StepKind.Mutate:
                return (await Database.MutateAsync(step.Text, parameters)).Utf8;
            case StepKind.Delete:
                await Database.DeleteAsync(step.Text, parameters);
                return default;
            case StepKind.UpdateModel:
                await Database.UpdateDataModelAsync(step.Text);
                _model = step.Text;
                return default;
            case StepKind.Restart:
                await Database.DisposeAsync();
                _database = null;
                WaitForNextMillisecond();
                await OpenAsync();
                return default;
            default:
                throw new UnreachableException();
        }
    }

    private string? CheckAnswer(Step step, ReadOnlyMemory<byte> answer)
    {
        if (step.Kind is not (StepKind.Query or StepKind.Mutate))
        {
            return null;
        }

        JsonElement json;
        try
        {
            json = JsonDocument.Parse(answer, StrictJson).RootElement;
        }
        catch (JsonException e)
        {
            return $"the answer is not JSON ({e.Message}): {OneLine(Encoding.UTF8.GetString(answer.Span))}";
        }

        foreach (JsonProperty binding in step.Bindings?.EnumerateObject() ?? default)
        {
            if (!JsonPointer.TryFollow(json, binding.Value.GetString()!, out JsonElement? value))
            {
                return $"{binding.Value.GetString()} leads nowhere in {OneLine(json.GetRawText())}";
            }

            Names.Bind(binding.Name, value.Value);
        }

        return step.Result is { } expected && JsonComparer.FindDifference(expected, json, Names) is { } difference
            ? $"{difference}; whole answer {OneLine(json.GetRawText())}"
            : null;
    }

    private async Task OpenAsync()
    {
        // A killed machine is no subject of these cases, so waiting for the disk is left out.
        var options = new DiscreetOptions { Durability = Durability.Normal, InMemory = folder is null };
        _database = await Discreet.New(_model, AppKey, _keyMaterial, folder?.Path, options);
    }

    /// <summary>FORMAT.md promises the cases that a restart takes at least a millisecond.</summary>
    private static void WaitForNextMillisecond()
    {
        long before = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        SpinWait.SpinUntil(() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > before);
    }

    private static string Describe(Exception e) => e is DiscreetException known
        ? $"{known.Code}: {OneLine(known.Message)}"
        : $"{e.GetType().Name}: {OneLine(e.Message)} {OneLine(e.StackTrace?.Split('\n').FirstOrDefault() ?? "")}";

    private static string OneLine(string text)
    {
        const int Longest = 600;
        string line = text.ReplaceLineEndings(" ").Trim();
        return line.Length <= Longest ? line : line[..Longest] + "…";
    }
}
