using System.Text.Json;
using DiscreetDb.Query.Model;
using DiscreetDb.TestKit;

namespace DiscreetDb.EngineTests.Query.Model;

/// <summary>Every model and every update of a model in the conformance suite is accepted or refused as the suite says.</summary>
public sealed class ModelConformanceTests
{
    public static TheoryData<string> Files() => [.. Directory
        .EnumerateFiles(Repository.PathOf("tests", "conformance"), "*.json")
        .Select(file => Path.GetFileName(file))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Models_are_accepted_and_refused_as_the_suite_says(string file)
    {
        using JsonDocument suite = JsonDocument.Parse(File.ReadAllBytes(Repository.PathOf("tests", "conformance", file)));
        string common = suite.RootElement.GetProperty("model").GetString() ?? "";

        foreach (JsonElement example in suite.RootElement.GetProperty("cases").EnumerateArray())
        {
            string first = example.TryGetProperty("model", out JsonElement own) ? own.GetString() ?? "" : common;
            Follow(example, Models.Build(first));
        }
    }

    private static void Follow(JsonElement example, DataModel model)
    {
        foreach (JsonElement step in example.GetProperty("steps").EnumerateArray())
        {
            if (!step.TryGetProperty("update_model", out JsonElement text))
            {
                continue;
            }

            bool isRefused = step.TryGetProperty("error", out _);
            DataModel? next = TryBuild(text.GetString() ?? "", model);
            Assert.True(isRefused == next is null, $"{example.GetProperty("name").GetString()}: {text.GetString()}");
            model = next ?? model;
        }
    }

    private static DataModel? TryBuild(string text, DataModel stored)
    {
        try
        {
            return DataModelBuilder.Build(text, stored.Version + 1, stored);
        }
        catch (DiscreetException error)
        {
            Assert.NotNull(error.Location);
            return null;
        }
    }
}
