using System.Text.RegularExpressions;
using DiscreetDb.TestKit;

namespace DiscreetDb.Tidy.Tests.Floors;

/// <summary>One source file: the namespace it declares and those it names.</summary>
internal sealed partial record SourceFile(string Path, string Namespace, IReadOnlyList<string> Uses)
{
    public static IEnumerable<SourceFile> ReadAll(string folder) => Directory
        .EnumerateFiles(Repository.PathOf(folder), "*.cs", SearchOption.AllDirectories)
        .Where(p => !IsGenerated(p))
        .Order(StringComparer.Ordinal)
        .Select(Read);

    private static SourceFile Read(string path)
    {
        string text = File.ReadAllText(path);
        string declared = NamespacePattern().Match(text).Groups[1].Value;
        string[] uses = [.. NamePattern().Matches(text).Select(m => m.Value)];
        return new SourceFile(System.IO.Path.GetRelativePath(Repository.Root, path), declared, uses);
    }

    private static bool IsGenerated(string path) =>
        path.Split(System.IO.Path.DirectorySeparatorChar) is var parts && (parts.Contains("obj") || parts.Contains("bin"));

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespacePattern();

    /// <summary>Using lines and names written in full, wherever they stand.</summary>
    [GeneratedRegex(@"\bDiscreetDb(\.\w+)+")]
    private static partial Regex NamePattern();
}
