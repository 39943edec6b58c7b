using System.Globalization;
using System.Text.Json;

namespace DiscreetDb.Differential.Evaluation;

/// <summary>JSON selectors on whole documents (dialect §6.9).</summary>
internal static class JsonSelectors
{
    /// <summary>The value found, or null.</summary>
    public static JsonText? Select(JsonText? json, string path)
    {
        if (json is null)
        {
            return null;
        }

        JsonElement current = JsonDocument.Parse(json.Text).RootElement;
        foreach (object step in Steps(path))
        {
            if (!TryStep(current, step, out current))
            {
                return null;
            }
        }

        return new JsonText(current.GetRawText());
    }

    /// <summary>The value as filters, orders and groups see it: text, number, null; an object or array as its text.</summary>
    public static object? AsScalar(JsonText? json)
    {
        if (json is null)
        {
            return null;
        }

        JsonElement element = JsonDocument.Parse(json.Text).RootElement;
        return element.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.True => 1L,
            JsonValueKind.False => 0L,
            JsonValueKind.String => element.GetString(),
            JsonValueKind.Number => element.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0 && element.TryGetInt64(out long integer)
                ? (object)integer
                : element.GetDouble(),
            _ => element.GetRawText(),
        };
    }

    private static IEnumerable<object> Steps(string path)
    {
        if (path[0] != '$')
        {
            yield return int.Parse(path, CultureInfo.InvariantCulture);
            yield break;
        }

        foreach (string part in path.Split('.').Skip(1))
        {
            string[] pieces = part.Split('[', ']');
            yield return pieces[0];
            if (pieces.Length > 1)
            {
                yield return int.Parse(pieces[1], CultureInfo.InvariantCulture);
            }
        }
    }

    private static bool TryStep(JsonElement json, object step, out JsonElement value)
    {
        value = default;
        if (step is string name)
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out value);
        }

        int index = (int)step;
        if (json.ValueKind != JsonValueKind.Array || index >= json.GetArrayLength())
        {
            return false;
        }

        value = json[index];
        return true;
    }
}
