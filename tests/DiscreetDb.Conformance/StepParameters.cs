using System.Text.Json;

namespace DiscreetDb.Conformance;

/// <summary>The <c>params</c> of a step as the engine's own parameters.</summary>
internal static class StepParameters
{
    /// <exception cref="DiscreetException">A value is never a valid parameter.</exception>
    public static Parameters? Build(JsonElement? json, BoundNames names)
    {
        if (json is null)
        {
            return null;
        }

        var parameters = new Parameters();
        foreach (JsonProperty member in json.Value.EnumerateObject())
        {
            JsonElement value = names.TryResolve(member.Value, out JsonElement? bound) ? bound.Value : member.Value;
            if (!TryConvert(value, out object? converted))
            {
                // Only a JSON text can carry what no typed value can: an array, an object, an integer beyond 64 bits.
                return Parameters.FromJson(json.Value.GetRawText());
            }

            parameters.Add(member.Name, converted);
        }

        return parameters;
    }

    private static bool TryConvert(JsonElement json, out object? value)
    {
        value = null;
        switch (json.ValueKind)
        {
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                value = json.GetBoolean();
                return true;
            case JsonValueKind.String:
                value = json.GetString();
                return true;
            case JsonValueKind.Number when !JsonComparer.IsInteger(json):
                value = json.GetDouble();
                return true;
            case JsonValueKind.Number when json.TryGetInt64(out long integer):
                value = integer;
                return true;
            default:
                return false;
        }
    }
}
