using System.Globalization;

namespace DiscreetDb.Differential.Queries;

/// <summary>A query as text (dialect §6.1).</summary>
internal sealed class QueryText
{
    private readonly Variables _variables = new();

    public static GeneratedText Print(QueryDocument query)
    {
        var printer = new QueryText();
        string roots = string.Join("\n  ", query.Roots.Select(printer.Print));
        return new GeneratedText($"query {{\n  {roots}\n}}", printer._variables.Values);
    }

    private string Print(QueryRoot root) => $"{Prefix(root.Alias)}{root.EntityAsTyped}{Print(root.Selection)}";

    private string Print(Selection selection)
    {
        string parameters = Print(selection.Parameters);
        return $"{parameters} {{ {string.Join(' ', selection.Items.Select(Print))} }}";
    }

    private string Print(Item item) => item switch
    {
        Item.Scalar scalar => $"{Prefix(scalar.Alias)}{scalar.Field.Name}",
        Item.Json json => $"{Prefix(json.Alias)}{json.Field.Name}->{json.Path}",
        Item.Aggregate { Function: "count" } count => $"{Prefix(count.Alias)}count()",
        Item.Aggregate aggregate => $"{Prefix(aggregate.Alias)}{aggregate.Function}({aggregate.Field.Name})",
        Item.Nested nested => $"{Prefix(nested.Alias)}{nested.Field.Name}{Print(nested.Selection)}",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private string Print(SelectionParameters parameters)
    {
        List<string> parts = [.. parameters.Filters.Select(f => $"{f.Left}{(f.Path is null ? "" : "->" + f.Path)} {f.Operator} {Print(f.Value)}")];
        if (parameters.Search is { } search)
        {
            parts.Add($"search({Print(search)})");
        }

        if (parameters.OrderBy.Count > 0)
        {
            parts.Add($"order_by({string.Join(", ", parameters.OrderBy.Select(o => $"{o.Key} {(o.Descending ? "desc" : "asc")}"))})");
        }

        if (parameters.Paging is { } paging)
        {
            parts.Add($"{(paging.IsAfter ? "after" : "before")}({string.Join(", ", paging.Values.Select(Print))})");
        }

        AddKeyword(parts, "first", parameters.First);
        AddKeyword(parts, "skip", parameters.Skip);
        if (parameters.Nullable.Count > 0)
        {
            parts.Add($"nullable({string.Join(", ", parameters.Nullable)})");
        }

        return parts.Count == 0 ? "" : $"({string.Join(", ", parts)})";
    }

    private void AddKeyword(List<string> parts, string keyword, QueryValue? value)
    {
        if (value is not null)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{keyword} {Print(value)}"));
        }
    }

    private string Print(QueryValue value)
    {
        if (value.AsVariable)
        {
            return _variables.Add(value.Value);
        }

        return value.Value is null ? "null" : Scalars.Literal(value.Value);
    }

    private static string Prefix(string? alias) => alias is null ? "" : alias + ": ";
}
