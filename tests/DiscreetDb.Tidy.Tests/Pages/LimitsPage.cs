using System.Globalization;
using System.Reflection;
using System.Text;

namespace DiscreetDb.Tidy.Tests.Pages;

/// <summary><c>docs/limits.md</c>, written from <see cref="Limits" /> and its comments.</summary>
internal static class LimitsPage
{
    public static string Write()
    {
        var comments = new XmlComments("DiscreetDb.Core");
        var page = new StringBuilder("""
            # Limits

            Whatever can grow has a bound, and every bound its reason. Within them no limit of SQLite surfaces.

            Written from `Limits.cs` by the test `Limits_page_is_written_from_the_constants`.

            | name | value | what it bounds, and why |
            |---|---|---|

            """.ReplaceLineEndings("\n"));
        foreach (FieldInfo field in typeof(Limits).GetFields(BindingFlags.Public | BindingFlags.Static).Where(f => f.IsLiteral))
        {
            string value = Convert.ToInt64(field.GetRawConstantValue(), CultureInfo.InvariantCulture)
                .ToString("#,0", CultureInfo.InvariantCulture)
                .Replace(',', ' ');
            page.Append(CultureInfo.InvariantCulture, $"| `{field.Name}` | {value} | {comments.OfField(typeof(Limits), field.Name)} |\n");
        }

        return page.ToString();
    }
}
