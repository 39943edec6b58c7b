using System.Text.Json;

namespace DiscreetDb.Conformance;

/// <summary>One step of a case. Parameters, bindings and result are missing where the file has none.</summary>
internal sealed record Step(
    StepKind Kind, string Text, JsonElement? Parameters, JsonElement? Bindings, JsonElement? Result, bool MustFail)
{
    private static readonly Dictionary<string, StepKind> Kinds = new()
    {
        ["query"] = StepKind.Query,
        ["mutate"] = StepKind.Mutate,
        ["delete"] = StepKind.Delete,
        ["update_model"] = StepKind.UpdateModel,
        ["restart"] = StepKind.Restart,
    };

    private static readonly HashSet<string> Members = ["params", "bind", "result", "error"];

    /// <exception cref="InvalidDataException">The step is none this runner knows: passing over it would pass cases unseen.</exception>
    public static Step Read(JsonElement json)
    {
        foreach (JsonProperty member in json.EnumerateObject())
        {
            if (!Kinds.ContainsKey(member.Name) && !Members.Contains(member.Name))
            {
                throw new InvalidDataException($"A step has the unknown member `{member.Name}`: {json.GetRawText()}");
            }
        }

        JsonProperty action = json.EnumerateObject().Single(m => Kinds.ContainsKey(m.Name));
        return new Step(
            Kinds[action.Name],
            action.Value.ValueKind == JsonValueKind.String ? action.Value.GetString()! : "",
            Find(json, "params"),
            Find(json, "bind"),
            Find(json, "result"),
            Find(json, "error") is { ValueKind: JsonValueKind.True });
    }

    private static JsonElement? Find(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value : null;
}
