using System.Diagnostics;
using System.Text.RegularExpressions;
using DiscreetDb.TestKit;

namespace DiscreetDb.Tidy.Tests;

public sealed partial class BannedWordTests
{
    /// <summary>Hosts a reader of the repository may be sent to.</summary>
    private static readonly string[] KnownHosts =
    [
        "example.com", "example.org", "localhost", "127.0.0.1", "www.apache.org", "apache.org", "www.w3.org", "www.rfc-editor.org", "datatracker.ietf.org",
        "spec.graphql.org", "graphql.org", "github.com", "learn.microsoft.com", "schemas.microsoft.com", "www.sqlite.org", "sqlite.org",
        "www.zetetic.net", "doc.libsodium.org", "keepachangelog.com", "semver.org", "json.schemastore.org", "aka.ms", "www.unicode.org",
    ];

    private static readonly string[] TextFiles =
    [
        ".cs", ".csproj", ".props", ".targets", ".md", ".json", ".yml", ".sh", ".txt", ".sln", ".model", ".ebnf", ".editorconfig", ".gitignore", "",
    ];

    [Fact]
    public void No_file_names_a_path_of_a_machine()
    {
        Findings.AssertNone(FindLines(MachinePath(), _ => true));
    }

    [Fact]
    public void No_file_names_a_host_but_the_known_ones()
    {
        Findings.AssertNone(FindLines(Address(), m => !KnownHosts.Contains(m.Groups["host"].Value)));
    }

    [Fact]
    public void No_file_keeps_an_open_point_as_a_remark()
    {
        Findings.AssertNone(FindLines(OpenPoint(), _ => true));
    }

    private static List<string> FindLines(Regex pattern, Func<Match, bool> isBad)
    {
        List<string> found = [];
        foreach (string path in TrackedFiles())
        {
            string[] lines = File.ReadAllLines(Repository.PathOf(path));
            for (int i = 0; i < lines.Length; i++)
            {
                if (pattern.Matches(lines[i]).Any(isBad))
                {
                    found.Add($"{path}:{i + 1}: {lines[i].Trim()}");
                }
            }
        }

        return found;
    }

    /// <summary>What git keeps, but the generated lock files, this list itself, and the cases whose texts are data.</summary>
    private static IEnumerable<string> TrackedFiles()
    {
        var start = new ProcessStartInfo("git", "ls-files -z") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true };
        using Process git = Process.Start(start)!;
        string[] paths = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return paths.Where(p => File.Exists(Repository.PathOf(p))
            && TextFiles.Contains(Path.GetExtension(p))
            && !p.EndsWith("packages.lock.json", StringComparison.Ordinal)
            && !p.EndsWith("BannedWordTests.cs", StringComparison.Ordinal)
            && !p.StartsWith("tests/conformance/", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<![\w.~/])/(work|home|root|Users)/\w")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"\b(https?|wss?|git|ssh)://(?<host>[A-Za-z0-9.-]+)")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(TODO|FIXME|XXX|HACK)\b")]
    private static partial Regex OpenPoint();
}
