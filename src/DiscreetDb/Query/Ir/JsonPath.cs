using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace DiscreetDb.Query.Ir;

/// <summary>A path into a Json value; empty is the whole value. Compared by its steps.</summary>
internal sealed class JsonPath : IEquatable<JsonPath>
{
    public JsonPath(ImmutableArray<JsonPathStep> steps)
    {
        Steps = steps;
        Text = Print(steps);
    }

    public ImmutableArray<JsonPathStep> Steps { get; }

    /// <summary>The path as SQLite reads it, every member quoted: <c>$."a"[0]</c>.</summary>
    public string Text { get; }

    /// <inheritdoc />
    public bool Equals(JsonPath? other) => other is not null && Text == other.Text;

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as JsonPath);

    /// <inheritdoc />
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc />
    public override string ToString() => Text;

    private static string Print(ImmutableArray<JsonPathStep> steps)
    {
        StringBuilder text = new("$");
        foreach (JsonPathStep step in steps)
        {
            _ = step.Member is null
                ? text.Append(CultureInfo.InvariantCulture, $"[{step.Index}]")
                : text.Append(CultureInfo.InvariantCulture, $".\"{step.Member}\"");
        }

        return text.ToString();
    }
}
