using System.Text;
using System.Text.Json;

namespace DiscreetDb.Differential.Answers;

/// <summary>The white space of answers: one line per root in queries (dialect §6.2), two spaces a level in mutations (§7.6).</summary>
internal static class AnswerLayout
{
    public static string OfQuery(JsonElement answer)
    {
        IEnumerable<string> roots = answer.EnumerateObject().Select(r => $"\"{r.Name}\":{Minify(r.Value)}");
        return $"{{\n{string.Join(",\n", roots)}\n}}";
    }

    public static string OfMutation(JsonElement answer) => Indent(answer, "");

    /// <summary>The same JSON without white space, its scalars as they are spelled.</summary>
    public static string Minify(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', json.EnumerateObject().Select(m => $"{RawName(m)}:{Minify(m.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(Minify))}]",
        _ => json.GetRawText(),
    };

    private static string Indent(JsonElement json, string margin)
    {
        string inner = margin + "  ";
        return json.ValueKind switch
        {
            JsonValueKind.Object when json.EnumerateObject().Any() => Block(
                '{', '}', json.EnumerateObject().Select(m => $"{RawName(m)}: {Indent(m.Value, inner)}"), margin),
            JsonValueKind.Array when json.GetArrayLength() > 0 => Block('[', ']', json.EnumerateArray().Select(i => Indent(i, inner)), margin),
            _ => json.GetRawText(),
        };
    }

    private static string Block(char open, char close, IEnumerable<string> lines, string margin)
    {
        var text = new StringBuilder().Append(open).Append('\n');
        text.AppendJoin(",\n", lines.Select(l => $"{margin}  {l}"));
        return text.Append('\n').Append(margin).Append(close).ToString();
    }

    private static string RawName(JsonProperty member) => $"\"{JsonEncodedText.Encode(member.Name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
