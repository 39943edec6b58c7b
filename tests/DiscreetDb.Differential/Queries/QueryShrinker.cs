namespace DiscreetDb.Differential.Queries;

/// <summary>Smaller variants of a query, so that a failure can be read. Some are invalid; the caller finds out.</summary>
internal static class QueryShrinker
{
    public static IEnumerable<QueryDocument> Smaller(QueryDocument query)
    {
        for (int i = 0; i < query.Roots.Count; i++)
        {
            if (query.Roots.Count > 1)
            {
                yield return new QueryDocument(Without(query.Roots, i));
            }
        }

        for (int i = 0; i < query.Roots.Count; i++)
        {
            QueryRoot root = query.Roots[i];
            foreach (Selection smaller in Smaller(root.Selection))
            {
                yield return new QueryDocument(With(query.Roots, i, root with { Selection = smaller }));
            }
        }
    }

    private static IEnumerable<Selection> Smaller(Selection selection)
    {
        for (int i = 0; i < selection.Items.Count && selection.Items.Count > 1; i++)
        {
            Item item = selection.Items[i];
            string[] nullable = [.. selection.Parameters.Nullable.Where(n => n != item.ResultName)];
            yield return selection with { Items = Without(selection.Items, i), Parameters = selection.Parameters with { Nullable = nullable } };
        }

        foreach (SelectionParameters smaller in Smaller(selection.Parameters))
        {
            yield return selection with { Parameters = smaller };
        }

        for (int i = 0; i < selection.Items.Count; i++)
        {
            if (selection.Items[i] is not Item.Nested nested)
            {
                continue;
            }

            foreach (Selection smaller in Smaller(nested.Selection))
            {
                yield return selection with { Items = With(selection.Items, i, nested with { Selection = smaller }) };
            }
        }
    }

    private static IEnumerable<SelectionParameters> Smaller(SelectionParameters parameters)
    {
        for (int i = 0; i < parameters.Filters.Count; i++)
        {
            yield return parameters with { Filters = Without(parameters.Filters, i) };
        }

        if (parameters.Paging is { } paging)
        {
            yield return parameters with { Paging = null };
            if (paging.Values.Count > 1)
            {
                yield return parameters with { Paging = paging with { Values = [.. paging.Values.SkipLast(1)] } };
            }
        }

        for (int i = parameters.Paging?.Values.Count ?? 0; i < parameters.OrderBy.Count; i++)
        {
            yield return parameters with { OrderBy = Without(parameters.OrderBy, i) };
        }

        if (parameters.First is not null)
        {
            yield return parameters with { First = null };
        }

        if (parameters.Skip is not null)
        {
            yield return parameters with { Skip = null };
        }

        if (parameters.Search is not null)
        {
            yield return parameters with { Search = null };
        }

        for (int i = 0; i < parameters.Nullable.Count; i++)
        {
            yield return parameters with { Nullable = Without(parameters.Nullable, i) };
        }
    }

    private static List<T> Without<T>(IReadOnlyList<T> items, int index) => [.. items.Where((_, i) => i != index)];

    private static List<T> With<T>(IReadOnlyList<T> items, int index, T item) => [.. items.Select((old, i) => i == index ? item : old)];
}
