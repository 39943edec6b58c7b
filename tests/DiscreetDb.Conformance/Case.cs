using System.Text.Json;

namespace DiscreetDb.Conformance;

/// <summary>One case: a model and the steps that run one after the other on a new database.</summary>
internal sealed record Case(string Name, string Model, IReadOnlyList<Step> Steps)
{
    public bool Restarts => Steps.Any(s => s.Kind == StepKind.Restart);

    public static Case Read(JsonElement json, string suiteModel) => new(
        json.GetProperty("name").GetString()!,
        json.TryGetProperty("model", out JsonElement model) ? model.GetString()! : suiteModel,
        [.. json.GetProperty("steps").EnumerateArray().Select(Step.Read)]);
}
