using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DiscreetDb.Tidy.Tests.Pages;

/// <summary><c>docs/errors.md</c>, written from <see cref="ErrorCode" /> and its comments.</summary>
internal static partial class ErrorPage
{
    /// <summary>Codes of a hundred belong together.</summary>
    private static readonly Dictionary<int, string> Groups = new()
    {
        [1] = "Texts",
        [2] = "Data model",
        [3] = "Queries",
        [4] = "Parameters",
        [5] = "Mutations and deletions",
        [6] = "Reading results",
        [7] = "Opening, storing, closing",
    };

    public static string Write()
    {
        var comments = new XmlComments("DiscreetDb.Core");
        var page = new StringBuilder("""
            # Errors

            Every failure is a `DiscreetException` with one of these codes, a message with the names and numbers, and, for
            everything found while reading a text, line, column and excerpt. In JSON and GraphQL a code is spelled as in the
            second column. Misuse of the C# API itself is the `ArgumentException` family.

            Written from `ErrorCode.cs` by the test `Errors_page_is_written_from_the_list`.

            """.ReplaceLineEndings("\n"));
        foreach (IGrouping<int, ErrorCode> group in Enum.GetValues<ErrorCode>().GroupBy(c => (int)c / 100))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {Groups[group.Key]}\n\n| code | in JSON | meaning |\n|---|---|---|\n");
            foreach (ErrorCode code in group)
            {
                string name = code.ToString();
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{name}` | `{InCapitals(name)}` | {comments.OfField(typeof(ErrorCode), name)} |\n");
            }
        }

        return page.ToString();
    }

    private static string InCapitals(string name) => WordStart().Replace(name, "_").ToUpperInvariant();

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordStart();
}
