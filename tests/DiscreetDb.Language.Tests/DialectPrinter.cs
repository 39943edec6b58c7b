using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Tests;

/// <summary>Writes a syntax tree as one line of canonical text, so that a test can compare a tree and read it again.</summary>
internal static class DialectPrinter
{
    public static string Print(QueryDocument document) => Document("query", document.Name, document.Roots.Select(Print));

    public static string Print(MutationDocument document) => Document("mutate", document.Name, document.Roots.Select(Print));

    public static string Print(DeletionDocument document) => Document("delete", document.Name, document.Roots.Select(Print));

    public static string Print(SyntaxValue value) => value switch
    {
        SyntaxValue.Variable variable => "$" + variable.Name,
        SyntaxValue.Integer integer => integer.Value.ToString(CultureInfo.InvariantCulture),
        SyntaxValue.Float number => Print(number.Value),
        SyntaxValue.Text text => Quote(text.Value),
        SyntaxValue.Boolean boolean => boolean.Value ? "true" : "false",
        SyntaxValue.Null => "null",
        SyntaxValue.List list => $"[{string.Join(", ", list.Items.Select(Print))}]",
        SyntaxValue.Object { Assignments.IsEmpty: true } => "{ }",
        SyntaxValue.Object item => $"{{ {string.Join(' ', item.Assignments.Select(Print))} }}",
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    private static string Document(string keyword, string? name, IEnumerable<string> roots) =>
        $"{keyword} {(name is null ? "" : name + " ")}{{ {string.Join(' ', roots)} }}";

    private static string Print(QueryRoot root) =>
        $"{Alias(root.Alias)}{root.Entity.AsTyped}{Print(root.Parameters)} {Print(root.Items)}";

    private static string Print(MutationRoot root) => $"{Alias(root.Alias)}{root.Entity.AsTyped} {Print(root.Object)}";

    private static string Print(DeletionRoot root)
    {
        IEnumerable<string> links = root.Links.Select(link => $"{link.Field.Text}[{string.Join(", ", link.Targets.Select(Print))}]");
        return $"{root.Entity.AsTyped} {{ {string.Join(' ', links.Prepend(Print(root.Id)))} }}";
    }

    private static string Print(ImmutableArray<SelectionItem> items) => $"{{ {string.Join(' ', items.Select(Print))} }}";

    private static string Print(SelectionItem item) => item switch
    {
        SelectionItem.Scalar scalar => Alias(scalar.Alias) + scalar.Field.Text,
        SelectionItem.Nested nested => $"{Alias(nested.Alias)}{nested.Field.Text}{Print(nested.Parameters)} {Print(nested.Items)}",
        SelectionItem.Json json => Alias(json.Alias) + Print(json.Selector),
        SelectionItem.Aggregate aggregate => $"{Alias(aggregate.Alias)}{Print(aggregate.Function)}({aggregate.Field?.Text})",
        _ => throw new InvalidOperationException(item.GetType().Name),
    };

    private static string Print(AggregateFunction function) => function switch
    {
        AggregateFunction.Average => "avg",
        _ => function.ToString().ToLowerInvariant(),
    };

    private static string Print(JsonSelector selector)
    {
        if (selector.Path is [{ Member: null } index])
        {
            return $"{selector.Field.Text}->{index.Index}";
        }

        IEnumerable<string> steps = selector.Path.Select(step => step.Member is null ? $"[{step.Index}]" : $".{step.Member}");
        return $"{selector.Field.Text}->${string.Concat(steps)}";
    }

    private static string Print(SelectionParameters parameters)
    {
        List<string> all = [.. parameters.Filters.Select(Print)];
        if (parameters.Search is { } search)
        {
            all.Add($"search({Print(search)})");
        }

        if (!parameters.OrderBy.IsEmpty)
        {
            all.Add($"order_by({string.Join(", ", parameters.OrderBy.Select(key => $"{key.Key.Text} {(key.Descending ? "desc" : "asc")}"))})");
        }

        AddPaging(all, "before", parameters.Before);
        AddPaging(all, "after", parameters.After);
        AddCount(all, "first", parameters.First);
        AddCount(all, "skip", parameters.Skip);
        if (!parameters.Nullable.IsEmpty)
        {
            all.Add($"nullable({string.Join(", ", parameters.Nullable.Select(name => name.Text))})");
        }

        return all.Count == 0 ? "" : $"({string.Join(", ", all)})";
    }

    private static void AddPaging(List<string> all, string keyword, PagingSyntax? paging)
    {
        if (paging is not null)
        {
            all.Add($"{keyword}({string.Join(", ", paging.Values.Select(Print))})");
        }
    }

    private static void AddCount(List<string> all, string keyword, SyntaxValue? value)
    {
        if (value is not null)
        {
            all.Add($"{keyword} {Print(value)}");
        }
    }

    private static string Print(FilterSyntax filter)
    {
        string left = filter.Field?.Text ?? Print(filter.Selector!); // exactly one of the two is set
        return $"{left} {Print(filter.Operator)} {Print(filter.Value)}";
    }

    private static string Print(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => "=",
        ComparisonOperator.NotEqual => "!=",
        ComparisonOperator.Greater => ">",
        ComparisonOperator.GreaterOrEqual => ">=",
        ComparisonOperator.Less => "<",
        _ => "<=",
    };

    private static string Print(Assignment assignment) => $"{assignment.Field.Text}: {Print(assignment.Value)}";

    private static string Print(double value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        int exponent = text.IndexOf('E', StringComparison.Ordinal);
        string mantissa = exponent < 0 ? text : text[..exponent];
        return mantissa.Contains('.', StringComparison.Ordinal) ? text : $"{mantissa}.0{text[mantissa.Length..]}";
    }

    private static string Quote(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            text.Append(c is '"' or '\\' or < ' ' ? $"\\u{(int)c:x4}" : c.ToString());
        }

        return text.Append('"').ToString();
    }

    private static string Alias(Name? alias) => alias is { } name ? $"{name.Text}: " : "";
}
