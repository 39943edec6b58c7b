using System.Globalization;
using System.Text;
using System.Text.Json;

namespace DiscreetDb.Differential.Answers;

/// <summary>Compares an answer with what it must be. Stricter than the conformance cases: order of members and spelling count.</summary>
internal static class AnswerComparer
{
    /// <summary>Null when the answer is right, else where and how it is not.</summary>
    public static string? FindDifference(Expected expected, JsonElement actual, string path = "") => expected switch
    {
        Expected.Scalar scalar => Differs(IsScalar(scalar.Value, actual), scalar.Value, actual, path),
        Expected.Float number => Differs(IsFloat(number.Value, actual), number.Value, actual, path),
        Expected.Base64OfLength text => Differs(
            actual.ValueKind == JsonValueKind.String && actual.GetString()!.Length == text.Length, $"{text.Length} characters", actual, path),
        Expected.Embedded embedded => CompareEmbedded(embedded, actual, path),
        Expected.RowId id => CompareId(id, actual, path),
        Expected.Object members => CompareObject(members, actual, path),
        Expected.Array array => CompareArray(array, actual, path),
        Expected.AnyOf choice => CompareChoice(choice, actual, path),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private static bool IsScalar(object? expected, JsonElement actual) => expected switch
    {
        null => actual.ValueKind == JsonValueKind.Null,
        bool b => actual.ValueKind == (b ? JsonValueKind.True : JsonValueKind.False),
        long i => actual.GetRawText() == i.ToString(CultureInfo.InvariantCulture),
        string s => actual.ValueKind == JsonValueKind.String && actual.GetString() == s && HasOnlyNeededEscapes(actual.GetRawText()),
        byte[] b => actual.ValueKind == JsonValueKind.String && actual.GetString() == Base64Url.Encode(b),
        JsonText j => IsSameJson(JsonDocument.Parse(j.Text).RootElement, actual),
        _ => false,
    };

    private static bool IsFloat(double expected, JsonElement actual) =>
        actual.ValueKind == JsonValueKind.Number
        && actual.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') >= 0
        && BitConverter.DoubleToInt64Bits(actual.GetDouble()) == BitConverter.DoubleToInt64Bits(expected);

    /// <summary>Same value with number texts and member order as they were written (dialect §3.3).</summary>
    private static bool IsSameJson(JsonElement expected, JsonElement actual)
    {
        if (expected.ValueKind != actual.ValueKind)
        {
            return false;
        }

        return expected.ValueKind switch
        {
            JsonValueKind.Object => expected.EnumerateObject().Select(m => m.Name).SequenceEqual(actual.EnumerateObject().Select(m => m.Name))
                && expected.EnumerateObject().Zip(actual.EnumerateObject()).All(p => IsSameJson(p.First.Value, p.Second.Value)),
            JsonValueKind.Array => expected.GetArrayLength() == actual.GetArrayLength()
                && expected.EnumerateArray().Zip(actual.EnumerateArray()).All(p => IsSameJson(p.First, p.Second)),
            JsonValueKind.String => expected.GetString() == actual.GetString(),
            _ => expected.GetRawText() == actual.GetRawText(),
        };
    }

    /// <summary>Only quotes, backslashes and control characters are escaped (dialect §6.2).</summary>
    private static bool HasOnlyNeededEscapes(string raw)
    {
        for (int i = 1; i < raw.Length - 1; i++)
        {
            if (raw[i] != '\\')
            {
                continue;
            }

            i++;
            if (raw[i] == '/' || (raw[i] == 'u' && int.Parse(raw.AsSpan(i + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is >= 0x20 and not 0x7F))
            {
                return false;
            }
        }

        return true;
    }

    private static string? CompareEmbedded(Expected.Embedded expected, JsonElement actual, string path)
    {
        if (actual.ValueKind != JsonValueKind.String)
        {
            return Difference("a string of JSON", actual, path);
        }

        string text = actual.GetString()!;
        using JsonDocument json = JsonDocument.Parse(text);
        return FindDifference(expected.Json, json.RootElement, path)
            ?? Differs(AnswerLayout.Minify(json.RootElement) == text, "no white space", actual, path);
    }

    private static string? CompareId(Expected.RowId expected, JsonElement actual, string path)
    {
        byte[] id = new byte[Uid.SizeBytes];
        if (actual.ValueKind != JsonValueKind.String || !Uid.TryParse(actual.GetString(), out Uid uid))
        {
            return Difference("an id", actual, path);
        }

        uid.CopyTo(id);
        expected.Row.Id ??= id;
        return Differs(expected.Row.Id.AsSpan().SequenceEqual(id), expected.Row.Id, actual, path);
    }

    private static string? CompareObject(Expected.Object expected, JsonElement actual, string path)
    {
        if (actual.ValueKind != JsonValueKind.Object)
        {
            return Difference("an object", actual, path);
        }

        string wanted = string.Join(' ', expected.Members.Select(m => m.Key));
        string found = string.Join(' ', actual.EnumerateObject().Select(m => m.Name));
        if (wanted != found)
        {
            return $"at {path}: expected the members {wanted}, got {found}";
        }

        return expected.Members
            .Select(m => FindDifference(m.Value, actual.GetProperty(m.Key), $"{path}/{m.Key}"))
            .FirstOrDefault(d => d is not null);
    }

    private static string? CompareArray(Expected.Array expected, JsonElement actual, string path)
    {
        if (actual.ValueKind != JsonValueKind.Array || actual.GetArrayLength() != expected.Items.Count)
        {
            return Difference(ExpectedText.Print(expected), actual, path);
        }

        return expected.Items
            .Select((item, i) => FindDifference(item, actual[i], $"{path}/{i}"))
            .FirstOrDefault(d => d is not null);
    }

    private static string? CompareChoice(Expected.AnyOf expected, JsonElement actual, string path)
    {
        if (actual.ValueKind != JsonValueKind.Array || actual.GetArrayLength() != expected.Count)
        {
            return Difference($"{expected.Count} of {ExpectedText.Print(new Expected.Array(expected.Candidates))}", actual, path);
        }

        List<Expected> left = [.. expected.Candidates];
        foreach (JsonElement item in actual.EnumerateArray())
        {
            int match = left.FindIndex(e => FindDifference(e, item) is null);
            if (match < 0)
            {
                return Difference($"some of {ExpectedText.Print(new Expected.Array(left))}", item, path);
            }

            left.RemoveAt(match);
        }

        return null;
    }

    private static string? Differs(bool isEqual, object? expected, JsonElement actual, string path) =>
        isEqual ? null : Difference(ExpectedText.Print(expected), actual, path);

    private static string Difference(string expected, JsonElement actual, string path) =>
        new StringBuilder($"at {path}: expected {expected}, got ").Append(actual.GetRawText()).ToString();
}
