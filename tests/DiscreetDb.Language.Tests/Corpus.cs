using System.Text.Json;
using DiscreetDb.TestKit;

namespace DiscreetDb.Language.Tests;

/// <summary>Every text of the conformance suite, by the member it stands under.</summary>
internal static class Corpus
{
    public static IReadOnlyList<string> Queries { get; } = Read("query");

    public static IReadOnlyList<string> Mutations { get; } = Read("mutate");

    public static IReadOnlyList<string> Deletions { get; } = Read("delete");

    public static IReadOnlyList<string> Models { get; } = [.. Read("model"), .. Read("update_model")];

    public static IReadOnlyList<string> All { get; } = [.. Queries, .. Mutations, .. Deletions, .. Models];

    private static List<string> Read(string member)
    {
        List<string> texts = [];
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("tests", "conformance"), "*.json"))
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            Collect(document.RootElement, member, texts);
        }

        return [.. texts.Distinct().Order(StringComparer.Ordinal)];
    }

    private static void Collect(JsonElement element, string member, List<string> texts)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Collect(item, member, texts);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    if (property.Name == member && property.Value.ValueKind == JsonValueKind.String)
                    {
                        texts.Add(property.Value.GetString() ?? "");
                        continue;
                    }

                    Collect(property.Value, member, texts);
                }

                break;
            default:
                break;
        }
    }
}
