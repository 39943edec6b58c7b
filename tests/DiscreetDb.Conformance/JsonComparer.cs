using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace DiscreetDb.Conformance;

/// <summary>Compares an answer with an expected result by the rules of FORMAT.md.</summary>
internal static partial class JsonComparer
{
    private const double RelativeError = 1e-12;

    /// <summary>Null when the answer is as expected, else where and how it differs.</summary>
    public static string? FindDifference(JsonElement expected, JsonElement actual, BoundNames names, string path = "")
    {
        if (names.TryResolve(expected, out JsonElement? bound))
        {
            return FindDifference(bound.Value, actual, names, path);
        }

        if (expected.ValueKind == JsonValueKind.String && FindPattern(expected.GetString()!) is { } matches)
        {
            return matches(actual) ? null : Difference(expected, actual, path);
        }

        return (expected.ValueKind, actual.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) => CompareObjects(expected, actual, names, path),
            (JsonValueKind.Array, JsonValueKind.Array) => CompareArrays(expected, actual, names, path),
            (JsonValueKind.Number, JsonValueKind.Number) => AreEqualNumbers(expected, actual) ? null : Difference(expected, actual, path),
            (JsonValueKind.String, JsonValueKind.String) =>
                expected.GetString() == actual.GetString() ? null : Difference(expected, actual, path),
            _ => expected.ValueKind == actual.ValueKind ? null : Difference(expected, actual, path),
        };
    }

    /// <summary>Whether a number is spelled as an integer.</summary>
    public static bool IsInteger(JsonElement number) => number.GetRawText().AsSpan().IndexOfAny('.', 'e', 'E') < 0;

    private static Predicate<JsonElement>? FindPattern(string text) => text switch
    {
        "<any>" => _ => true,
        "<uid>" => json => json.ValueKind == JsonValueKind.String && UidPattern().IsMatch(json.GetString()!),
        _ => null,
    };

    private static string? CompareObjects(JsonElement expected, JsonElement actual, BoundNames names, string path)
    {
        foreach (JsonProperty member in expected.EnumerateObject())
        {
            if (!actual.TryGetProperty(member.Name, out JsonElement value))
            {
                return $"at {path}/{member.Name}: expected {member.Value.GetRawText()}, got no such member";
            }

            if (FindDifference(member.Value, value, names, $"{path}/{member.Name}") is { } difference)
            {
                return difference;
            }
        }

        foreach (JsonProperty member in actual.EnumerateObject())
        {
            if (!expected.TryGetProperty(member.Name, out _))
            {
                return $"at {path}/{member.Name}: expected no such member, got {member.Value.GetRawText()}";
            }
        }

        return null;
    }

    private static string? CompareArrays(JsonElement expected, JsonElement actual, BoundNames names, string path)
    {
        if (expected.GetArrayLength() != actual.GetArrayLength())
        {
            return Difference(expected, actual, path);
        }

        for (int i = 0; i < expected.GetArrayLength(); i++)
        {
            if (FindDifference(expected[i], actual[i], names, $"{path}/{i}") is { } difference)
            {
                return difference;
            }
        }

        return null;
    }

    private static bool AreEqualNumbers(JsonElement expected, JsonElement actual)
    {
        if (IsInteger(expected) && IsInteger(actual))
        {
            return ParseInteger(expected) == ParseInteger(actual);
        }

        double left = expected.GetDouble();
        double right = actual.GetDouble();
        return left == right || Math.Abs(left - right) <= RelativeError * Math.Max(Math.Abs(left), Math.Abs(right));
    }

    private static BigInteger ParseInteger(JsonElement number) =>
        BigInteger.Parse(number.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string Difference(JsonElement expected, JsonElement actual, string path) =>
        $"at {(path.Length == 0 ? "/" : path)}: expected {expected.GetRawText()}, got {actual.GetRawText()}";

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{22}\z")]
    private static partial Regex UidPattern();
}
