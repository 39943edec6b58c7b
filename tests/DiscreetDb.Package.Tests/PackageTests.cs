using System.IO.Compression;
using System.Xml.Linq;
using DiscreetDb.TestKit;

namespace DiscreetDb.Package.Tests;

/// <summary>What a stranger does: takes the package into an empty project outside the repository and runs the program of the README.</summary>
public sealed class PackageTests : IAsyncLifetime, IDisposable
{
    private const string Version = "0.1.0-test";

    private static readonly Dictionary<string, string> NoEnvironment = [];

    private readonly TempFolder _folder = new();

    private string Feed => _folder.File("feed");

    private string Package => Path.Combine(Feed, $"Discreet.{Version}.nupkg");

    public Task InitializeAsync() => Tool.DotnetAsync(
        Repository.Root, NoEnvironment, "pack", "src/DiscreetDb", "-c", "Release", "-v", "quiet", "-nologo", $"-p:PackageVersion={Version}", "-o", Feed);

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_program_of_the_readme_runs_in_an_empty_project()
    {
        string project = _folder.File("app");
        Directory.CreateDirectory(project);
        await File.WriteAllTextAsync(Path.Combine(project, "app.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
              </PropertyGroup>
            </Project>
            """);
        await File.WriteAllTextAsync(Path.Combine(project, "Program.cs"), await ReadReadmeProgramAsync());
        await File.WriteAllTextAsync(Path.Combine(project, "nuget.config"), NuGetConfig());
        Dictionary<string, string> environment = new()
        {
            ["NUGET_PACKAGES"] = _folder.File("packages"),
            ["XDG_DATA_HOME"] = _folder.File("data"),
        };

        await Tool.DotnetAsync(project, environment, "add", "package", "Discreet", "--version", Version);
        string first = await Tool.DotnetAsync(project, environment, "run");
        string second = await Tool.DotnetAsync(project, environment, "run", "--no-build");

        Assert.Equal("you said: hello\n", first.ReplaceLineEndings("\n"));
        Assert.Equal("you said: hello\nyou said: hello\n", second.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_package_holds_the_floors_their_documentation_and_one_dependency()
    {
        using ZipArchive package = await ZipFile.OpenReadAsync(Package);
        string[] files = [.. package.Entries.Select(entry => entry.FullName)];
        foreach (string assembly in new[] { "DiscreetDb", "DiscreetDb.Core", "DiscreetDb.Language" })
        {
            Assert.Contains($"lib/net10.0/{assembly}.dll", files);
            Assert.Contains($"lib/net10.0/{assembly}.xml", files);
        }

        Assert.Contains("README.md", files);
        Assert.Contains("LICENSE", files);
        await using Stream specification = await package.GetEntry("Discreet.nuspec")!.OpenAsync();
        XDocument document = await XDocument.LoadAsync(specification, LoadOptions.None, CancellationToken.None);
        IEnumerable<string?> dependencies = document.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => (string?)element.Attribute("id"));
        Assert.Equal(["Microsoft.Extensions.Logging.Abstractions"], dependencies);
    }

    /// <summary>Packages come from the folder just packed and from what restoring this repository has fetched already: no network.</summary>
    private string NuGetConfig()
    {
        string fetched = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        return $"""
            <configuration>
              <packageSources>
                <clear />
                <add key="feed" value="{Feed}" />
              </packageSources>
              <fallbackPackageFolders>
                <add key="fetched" value="{fetched}" />
              </fallbackPackageFolders>
            </configuration>
            """;
    }

    private static async Task<string> ReadReadmeProgramAsync()
    {
        string[] lines = await File.ReadAllLinesAsync(Repository.PathOf("README.md"));
        int start = Array.IndexOf(lines, "```csharp program") + 1;
        Assert.True(start > 0, "README.md has no program.");
        return string.Join('\n', lines[start..Array.IndexOf(lines, "```", start)]);
    }
}
