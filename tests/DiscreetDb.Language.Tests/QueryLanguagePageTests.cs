using DiscreetDb.TestKit;

namespace DiscreetDb.Language.Tests;

/// <summary>The examples of <c>docs/query-language.md</c> are texts the parsers read.</summary>
public sealed class QueryLanguagePageTests
{
    private const string Fence = "```";

    [Theory]
    [InlineData("model", 2)]
    [InlineData("query", 7)]
    [InlineData("mutate", 4)]
    [InlineData("delete", 1)]
    public void Every_example_is_read(string language, int leastCount)
    {
        List<string> examples = [.. Examples(language)];

        Assert.True(examples.Count >= leastCount, $"only {examples.Count} {language} examples were found");
        Assert.All(examples, example => Read(language, example));
    }

    private static void Read(string language, string example)
    {
        switch (language)
        {
            case "model":
                Texts.Model(example);
                break;
            case "query":
                Texts.Query(example);
                break;
            case "mutate":
                Texts.Mutation(example);
                break;
            default:
                Texts.Deletion(example);
                break;
        }
    }

    private static IEnumerable<string> Examples(string language)
    {
        string[] lines = File.ReadAllLines(Repository.PathOf("docs", "query-language.md"));
        int start = Array.IndexOf(lines, Fence + language);
        while (start >= 0)
        {
            int end = Array.IndexOf(lines, Fence, start);
            yield return string.Join('\n', lines[(start + 1)..end]);
            start = Array.IndexOf(lines, Fence + language, end);
        }
    }
}
