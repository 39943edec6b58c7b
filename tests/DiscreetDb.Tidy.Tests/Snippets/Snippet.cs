using DiscreetDb.TestKit;

namespace DiscreetDb.Tidy.Tests.Snippets;

/// <summary>One <c>csharp</c> code block of a page. Blocks marked <c>csharp program</c> are complete and are run.</summary>
public sealed record Snippet(string Page, int Line, string Code, bool IsProgram)
{
    public static IEnumerable<Snippet> ReadAll()
    {
        IEnumerable<string> pages = Directory
            .EnumerateFiles(Repository.PathOf("docs"), "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Repository.PathOf("examples"), "*.md", SearchOption.AllDirectories))
            .Prepend(Repository.PathOf("README.md"));
        return pages.Where(File.Exists).Order(StringComparer.Ordinal).SelectMany(Read);
    }

    public override string ToString() => $"{Page}:{Line}";

    private static IEnumerable<Snippet> Read(string path)
    {
        string page = Path.GetRelativePath(Repository.Root, path);
        string[] lines = File.ReadAllLines(path);
        for (int i = 0; i < lines.Length; i++)
        {
            string fence = lines[i].Trim();
            if (fence is not ("```csharp" or "```csharp program"))
            {
                continue;
            }

            int start = i + 1;
            int end = Array.FindIndex(lines, start, l => l.Trim() == "```");
            Assert.True(end > 0, $"{page}:{start} opens a code block that nothing closes.");
            yield return new Snippet(page, start, string.Join('\n', lines[start..end]), fence.EndsWith("program", StringComparison.Ordinal));
            i = end;
        }
    }
}
