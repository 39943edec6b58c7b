using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace DiscreetDb.Conformance;

/// <summary>JSON pointers, RFC 6901.</summary>
internal static class JsonPointer
{
    /// <summary>Follows the pointer; false where it leads nowhere.</summary>
    public static bool TryFollow(JsonElement json, string pointer, [NotNullWhen(true)] out JsonElement? value)
    {
        value = null;
        JsonElement current = json;
        foreach (string escaped in pointer.Split('/').Skip(1))
        {
            string token = escaped.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (!TryStep(current, token, out current))
            {
                return false;
            }
        }

        value = current;
        return true;
    }

    private static bool TryStep(JsonElement json, string token, out JsonElement value)
    {
        value = default;
        if (json.ValueKind == JsonValueKind.Object)
        {
            return json.TryGetProperty(token, out value);
        }

        if (json.ValueKind != JsonValueKind.Array
            || !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            || index >= json.GetArrayLength())
        {
            return false;
        }

        value = json[index];
        return true;
    }
}
