using System.Text;
using System.Text.Json;
using DiscreetDb.TestKit;

namespace DiscreetDb.Fuzz.Targets;

/// <summary>The texts of the conformance cases, as something to damage.</summary>
internal static class ConformanceTexts
{
    private static readonly JsonElement[] Files =
    [
        .. Directory.EnumerateFiles(Repository.PathOf("tests", "conformance"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(f => JsonDocument.Parse(File.ReadAllBytes(f)).RootElement),
    ];

    /// <summary>All different texts of steps with this member; for <c>model</c> those of suites and cases.</summary>
    public static IReadOnlyList<byte[]> Of(string member)
    {
        IEnumerable<JsonElement> holders = member == "model" ? Files.Concat(Cases()) : Cases().SelectMany(c => c.GetProperty("steps").EnumerateArray());
        return
        [
            .. holders
                .Where(h => h.TryGetProperty(member, out JsonElement text) && text.ValueKind == JsonValueKind.String)
                .Select(h => h.GetProperty(member).GetString()!)
                .Distinct()
                .Select(Encoding.UTF8.GetBytes),
        ];
    }

    /// <summary>All different objects of parameters.</summary>
    public static IReadOnlyList<byte[]> Parameters() =>
    [
        .. Cases().SelectMany(c => c.GetProperty("steps").EnumerateArray())
            .Where(s => s.TryGetProperty("params", out _))
            .Select(s => s.GetProperty("params").GetRawText())
            .Distinct()
            .Select(Encoding.UTF8.GetBytes),
    ];

    private static IEnumerable<JsonElement> Cases() => Files.SelectMany(f => f.GetProperty("cases").EnumerateArray());
}
