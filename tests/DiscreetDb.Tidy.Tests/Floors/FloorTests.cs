using System.Xml.Linq;
using DiscreetDb.TestKit;

namespace DiscreetDb.Tidy.Tests.Floors;

public sealed class FloorTests
{
    [Fact]
    public void Project_references_point_downwards()
    {
        List<string> violations = [];
        foreach (string path in Directory.EnumerateFiles(Repository.PathOf("src"), "*.csproj", SearchOption.AllDirectories))
        {
            string project = Path.GetFileNameWithoutExtension(path);
            Assert.True(FloorMap.Projects.ContainsKey(project), $"{project} has no floor: give it one in {nameof(FloorMap)}.");

            violations.AddRange(ReferencesOf(path)
                .Where(r => FloorMap.Projects[r] >= FloorMap.Projects[project])
                .Select(r => $"{project} references {r}, which does not stand below it."));
        }

        Findings.AssertNone(violations);
    }

    [Fact]
    public void The_lowest_floor_needs_nothing_but_the_framework()
    {
        string path = Repository.PathOf("src", "DiscreetDb.Core", "DiscreetDb.Core.csproj");

        Assert.Empty(ReferencesOf(path));
        Assert.Empty(XDocument.Load(path).Descendants("PackageReference"));
    }

    [Fact]
    public void Namespaces_named_in_source_point_downwards()
    {
        List<string> violations = [];
        foreach (SourceFile file in SourceFile.ReadAll("src"))
        {
            if (FloorMap.FindNamespace(file.Namespace) is not { } own)
            {
                continue;
            }

            violations.AddRange(file.Uses
                .Select(FloorMap.FindNamespace)
                .OfType<string>()
                .Distinct()
                .Where(used => used != own && FloorMap.Namespaces[used] >= FloorMap.Namespaces[own])
                .Select(used => $"{file.Path} ({own}) names {used}, which does not stand below it."));
        }

        Findings.AssertNone(violations);
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        List<string> violations = [];
        foreach (SourceFile file in SourceFile.ReadAll("src").Where(f => f.Namespace.Length > 0))
        {
            string[] folders = file.Path.Split(Path.DirectorySeparatorChar)[1..^1];
            string expected = string.Join('.', folders);
            if (!$"{expected}.".StartsWith($"{file.Namespace}.", StringComparison.Ordinal))
            {
                violations.Add($"{file.Path} declares {file.Namespace}, which is neither {expected} nor above it.");
            }
        }

        Findings.AssertNone(violations);
    }

    [Fact]
    public void Every_folder_of_the_engine_has_a_floor()
    {
        string engine = Repository.PathOf("src", "DiscreetDb");
        string[] folders = [.. Directory.EnumerateDirectories(engine).Select(Path.GetFileName).OfType<string>().Except(["bin", "obj"])];

        Assert.All(folders, f => Assert.Contains($"DiscreetDb.{f}", FloorMap.Namespaces.Keys));
    }

    private static IEnumerable<string> ReferencesOf(string projectFile) => XDocument.Load(projectFile)
        .Descendants("ProjectReference")
        .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value));
}
