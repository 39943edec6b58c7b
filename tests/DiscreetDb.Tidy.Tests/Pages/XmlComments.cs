using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DiscreetDb.Tidy.Tests.Pages;

/// <summary>The summaries of an assembly's documentation file, as Markdown.</summary>
internal sealed partial class XmlComments
{
    private readonly Dictionary<string, string> _summaries;

    public XmlComments(string assembly)
    {
        _summaries = XDocument.Load(Path.Combine(AppContext.BaseDirectory, $"{assembly}.xml"))
            .Descendants("member")
            .Where(m => m.Element("summary") is not null)
            .ToDictionary(m => m.Attribute("name")!.Value, m => ToMarkdown(m.Element("summary")!));
    }

    /// <summary>The sentence on a field or enum member.</summary>
    public string OfField(Type type, string name) => _summaries.TryGetValue($"F:{type.FullName}.{name}", out string? summary)
        ? summary
        : throw new InvalidOperationException($"{type.Name}.{name} has no summary.");

    private static string ToMarkdown(XElement summary)
    {
        string text = string.Concat(summary.Nodes().Select(n => n switch
        {
            XText t => t.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "see" } see => $"`{(see.Attribute("cref")?.Value ?? "").Split('.')[^1]}`",
            XElement other => other.Value,
            _ => "",
        }));
        return WhiteSpace().Replace(text, " ").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
