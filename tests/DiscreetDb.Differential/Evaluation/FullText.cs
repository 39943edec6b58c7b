using System.Text.Json;
using DiscreetDb.Differential.Data;
using DiscreetDb.Differential.Models;

namespace DiscreetDb.Differential.Evaluation;

/// <summary>Whether a row's texts contain every term (dialect §3.4, §6.7).</summary>
internal static class FullText
{
    private const int ShortestTerm = 3;

    public static bool Matches(StoredRow row, EntitySpec entity, string search)
    {
        string[] terms =
        [
            .. search.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Where(t => t.EnumerateRunes().Count() >= ShortestTerm),
        ];
        string[] texts = [.. TextsOf(row, entity)];
        return entity.HasFullText && terms.Length > 0
            && terms.All(term => texts.Any(text => text.Contains(term, StringComparison.OrdinalIgnoreCase)));
    }

    private static IEnumerable<string> TextsOf(StoredRow row, EntitySpec entity) => entity.Scalars
        .Select(f => DataStore.Effective(row, f))
        .SelectMany(value => value switch
        {
            string text => [text],
            byte[] bytes => [Base64Url.Encode(bytes)],
            JsonText json => StringsIn(JsonDocument.Parse(json.Text).RootElement),
            _ => [],
        });

    private static IEnumerable<string> StringsIn(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => [json.GetString()!],
        JsonValueKind.Array => json.EnumerateArray().SelectMany(StringsIn),
        JsonValueKind.Object => json.EnumerateObject().SelectMany(m => StringsIn(m.Value)),
        _ => [],
    };
}
