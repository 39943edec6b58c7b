using System.Text.Json;

namespace DiscreetDb.Conformance;

/// <summary>One file of cases in the format of <c>tests/conformance/FORMAT.md</c>.</summary>
internal sealed record CaseFile(string FileName, string Suite, IReadOnlyList<Case> Cases)
{
    public static IReadOnlyList<CaseFile> ReadFolder(string folder) =>
        [.. Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    private static CaseFile Read(string path)
    {
        JsonElement root = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { MaxDepth = 256 }).RootElement;
        string model = root.TryGetProperty("model", out JsonElement text) ? text.GetString()! : "";
        Case[] cases = [.. root.GetProperty("cases").EnumerateArray().Select(c => Case.Read(c, model))];
        return new CaseFile(Path.GetFileName(path), root.GetProperty("suite").GetString()!, cases);
    }
}
