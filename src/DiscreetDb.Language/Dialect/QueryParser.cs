using System.Collections.Immutable;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Dialect;

/// <summary>The grammar of <c>query { … }</c>, dialect §6.1. Recursion is bounded by <see cref="Limits.NestingDepth" />.</summary>
internal ref struct QueryParser(TokenReader tokens)
{
    private TokenReader _tokens = tokens;
    private int _itemCount;

    /// <summary>Reads the whole text.</summary>
    public QueryDocument Parse()
    {
        string? name = DocumentSyntax.ExpectHead(ref _tokens, "query"u8);
        var roots = ImmutableArray.CreateBuilder<QueryRoot>();
        do
        {
            roots.Add(ParseRoot(roots.Count));
        }
        while (DocumentSyntax.HasMoreRoots(ref _tokens));

        ImmutableArray<QueryRoot> all = roots.DrainToImmutable();
        DocumentSyntax.RequireUnique(ref _tokens, all, KeyOf, ErrorCode.DuplicateKey, DocumentSyntax.TwoItems);
        return new QueryDocument(_tokens.Source, name, all);
    }

    private static Name KeyOf(QueryRoot root) => root.Alias ?? new Name(root.Entity.AsTyped, root.Entity.Span);

    private static Name KeyOf(SelectionItem item) => item switch
    {
        SelectionItem.Scalar scalar => scalar.Alias ?? scalar.Field,
        SelectionItem.Nested nested => nested.Alias ?? nested.Field,
        SelectionItem.Json json => json.Alias,
        SelectionItem.Aggregate aggregate => aggregate.Alias,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private QueryRoot ParseRoot(int count)
    {
        (Name? alias, QualifiedName entity) = DocumentSyntax.ExpectRootHead(ref _tokens, count);
        DocumentSyntax.RequireAlias(ref _tokens, alias);
        SelectionParameters parameters = ParseParameters();
        return new QueryRoot(alias, entity, parameters, ParseSelection("`{`", 1));
    }

    private SelectionParameters ParseParameters() => _tokens.Is(TokenKind.OpenParenthesis)
        ? new ParameterListParser().Parse(ref _tokens)
        : SelectionParameters.None;

    private ImmutableArray<SelectionItem> ParseSelection(string expected, int depth)
    {
        DocumentSyntax.ExpectOpenBrace(ref _tokens, depth, expected);
        var items = ImmutableArray.CreateBuilder<SelectionItem>();
        do
        {
            CountItem();
            items.Add(ParseItem(items.Count == 0 ? "a field or an alias" : "a field, an alias or `}`", depth));
        }
        while (!_tokens.TryTake(TokenKind.CloseBrace));

        ImmutableArray<SelectionItem> all = items.DrainToImmutable();
        DocumentSyntax.RequireUnique(ref _tokens, all, KeyOf, ErrorCode.DuplicateKey, DocumentSyntax.TwoItems);
        return all;
    }

    private void CountItem()
    {
        if (++_itemCount > Limits.SelectedItemCount)
        {
            throw _tokens.Source.Error(
                ErrorCode.TooComplex,
                _tokens.Current.Span,
                $"The document selects more than {Limits.SelectedItemCount} items; split it.");
        }
    }

    private SelectionItem ParseItem(string expected, int depth)
    {
        if (_tokens.IsSelector)
        {
            throw _tokens.Unexpected("an alias before a JSON selector, such as `value: field->$`");
        }

        int start = _tokens.Current.Start;
        Name name = _tokens.ExpectName(expected);
        return _tokens.TryTake(TokenKind.Colon)
            ? ParseAliased(name, start, depth)
            : ParseField(null, name, start, depth);
    }

    private SelectionItem ParseAliased(Name alias, int start, int depth)
    {
        DocumentSyntax.RequireAlias(ref _tokens, alias);
        if (_tokens.IsSelector)
        {
            JsonSelector selector = SelectorSyntax.Take(ref _tokens);
            return new SelectionItem.Json(alias, selector, SpanFrom(start, selector.Span));
        }

        return TryParseAggregate(alias, start)
            ?? ParseField(alias, _tokens.ExpectName("a field, an aggregate or a JSON selector"), start, depth);
    }

    private SelectionItem ParseField(Name? alias, Name field, int start, int depth)
    {
        SourceSpan span = SpanFrom(start, field.Span);
        if (!_tokens.Is(TokenKind.OpenParenthesis) && !_tokens.Is(TokenKind.OpenBrace))
        {
            return new SelectionItem.Scalar(alias, field, span);
        }

        SelectionParameters parameters = ParseParameters();
        ImmutableArray<SelectionItem> items = ParseSelection("`{`, as only relations take parameters", depth + 1);
        return new SelectionItem.Nested(alias, field, parameters, items, span);
    }

    /// <summary>
    /// <c>sum(field)</c> and <c>count()</c> without braces behind them. No word is reserved: <c>n: count() { id }</c> and
    /// <c>n: sum(first 1) { id }</c> select relations of these names.
    /// </summary>
    private SelectionItem.Aggregate? TryParseAggregate(Name alias, int start)
    {
        if (FindFunction() is not { } function)
        {
            return null;
        }

        TokenReader ahead = _tokens;
        ahead.Take();
        if (!ahead.TryTake(TokenKind.OpenParenthesis))
        {
            return null;
        }

        Name? field = null;
        if (function != AggregateFunction.Count)
        {
            if (!ahead.Is(TokenKind.Word) || ahead.Peek().Kind != TokenKind.CloseParenthesis)
            {
                return null;
            }

            field = ahead.ExpectName("a field");
        }

        SourceSpan end = ahead.Current.Span;
        if (!ahead.TryTake(TokenKind.CloseParenthesis) || (field is null && ahead.Is(TokenKind.OpenBrace)))
        {
            return null;
        }

        _tokens = ahead;
        return new SelectionItem.Aggregate(alias, function, field, SpanFrom(start, end));
    }

    private readonly AggregateFunction? FindFunction() => _tokens switch
    {
        _ when _tokens.IsWord("count"u8) => AggregateFunction.Count,
        _ when _tokens.IsWord("sum"u8) => AggregateFunction.Sum,
        _ when _tokens.IsWord("avg"u8) => AggregateFunction.Average,
        _ when _tokens.IsWord("min"u8) => AggregateFunction.Min,
        _ when _tokens.IsWord("max"u8) => AggregateFunction.Max,
        _ => null,
    };

    private static SourceSpan SpanFrom(int start, SourceSpan last) => new(start, last.Start + last.Length - start);
}
