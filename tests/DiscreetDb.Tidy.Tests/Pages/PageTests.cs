using DiscreetDb.TestKit;

namespace DiscreetDb.Tidy.Tests.Pages;

public sealed class PageTests
{
    /// <summary>Codes whose subject is not built yet; each leaves this list with its floor.</summary>
    private static readonly HashSet<ErrorCode> CodesOfLaterFloors =
    [
        ErrorCode.GraphQLNameConflict,
        ErrorCode.TimedOut,
    ];

    [Fact]
    public void Errors_page_is_written_from_the_list() => VerifyPage("errors", ErrorPage.Write());

    [Fact]
    public void Limits_page_is_written_from_the_constants() => VerifyPage("limits", LimitsPage.Write());

    [Fact]
    public void Every_error_code_is_asked_for_by_a_test()
    {
        string own = Repository.PathOf("tests", "DiscreetDb.Tidy.Tests");
        string[] sources =
        [
            .. Directory.EnumerateFiles(Repository.PathOf("tests"), "*.cs", SearchOption.AllDirectories)
                .Where(p => !p.StartsWith(own, StringComparison.Ordinal))
                .Select(File.ReadAllText),
        ];

        IEnumerable<ErrorCode> unseen = Enum.GetValues<ErrorCode>()
            .Where(code => !CodesOfLaterFloors.Contains(code))
            .Where(code => !sources.Any(s => s.Contains($"ErrorCode.{code}", StringComparison.Ordinal)));

        Findings.AssertNone(unseen.Select(code => $"No test names ErrorCode.{code}."));
    }

    private static void VerifyPage(string name, string text) => Snapshot.VerifyFile(
        text, Repository.PathOf("docs", $"{name}.md"), Repository.PathOf("docs", $"{name}.received.txt"));
}
