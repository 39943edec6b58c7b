using System.Collections.Immutable;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Dialect;

/// <summary>
/// What stands in the parentheses of a selection, dialect §6.1 <c>params</c>. Repeated <c>order_by</c> and <c>nullable</c>
/// add up; of <c>first</c>, <c>skip</c>, <c>search</c>, <c>before</c>, <c>after</c> the last stands.
/// </summary>
internal sealed class ParameterListParser
{
    private readonly ImmutableArray<FilterSyntax>.Builder _filters = ImmutableArray.CreateBuilder<FilterSyntax>();
    private readonly ImmutableArray<OrderSyntax>.Builder _orderBy = ImmutableArray.CreateBuilder<OrderSyntax>();
    private readonly ImmutableArray<Name>.Builder _nullable = ImmutableArray.CreateBuilder<Name>();
    private SyntaxValue? _first;
    private SyntaxValue? _skip;
    private SyntaxValue? _search;
    private PagingSyntax? _before;
    private PagingSyntax? _after;
    private int _count;

    /// <summary>Reads from the opening to the closing parenthesis.</summary>
    public SelectionParameters Parse(ref TokenReader tokens)
    {
        tokens.Expect(TokenKind.OpenParenthesis, "`(`");
        while (!tokens.TryTake(TokenKind.CloseParenthesis))
        {
            ParseParameter(ref tokens);
            tokens.ExpectCommaOr(TokenKind.CloseParenthesis, ")");
        }

        return new SelectionParameters(
            _filters.DrainToImmutable(), _orderBy.DrainToImmutable(), _first, _skip, _search, _before, _after, _nullable.DrainToImmutable());
    }

    /// <summary>An operator behind a word makes it the field of a filter, whatever the word is.</summary>
    private void ParseParameter(ref TokenReader tokens)
    {
        if (tokens.IsSelector)
        {
            Count(ref tokens);
            _filters.Add(ParseSelectorFilter(ref tokens));
            return;
        }

        if (!tokens.Is(TokenKind.Word))
        {
            throw tokens.Unexpected("search, order_by, first, skip, before, after, nullable, or a field to filter by");
        }

        if (OperatorOf(tokens.Peek().Kind) is not null)
        {
            Count(ref tokens);
            _filters.Add(ParseFieldFilter(ref tokens));
            return;
        }

        ParseKeyword(ref tokens);
    }

    private void Count(ref TokenReader tokens)
    {
        if (++_count > Limits.SelectionParameterCount)
        {
            throw tokens.Source.Error(
                ErrorCode.TooComplex,
                tokens.Current.Span,
                $"A selection has more than {Limits.SelectionParameterCount} filters, order keys, paging values and nullable names.");
        }
    }

    private void ParseKeyword(ref TokenReader tokens)
    {
        if (tokens.IsWord("search"u8))
        {
            _search = ParseSearch(ref tokens);
        }
        else if (tokens.IsWord("order_by"u8))
        {
            ParseOrderBy(ref tokens);
        }
        else if (tokens.IsWord("first"u8))
        {
            _first = ParseCount(ref tokens);
        }
        else if (tokens.IsWord("skip"u8))
        {
            _skip = ParseCount(ref tokens);
        }
        else if (tokens.IsWord("before"u8))
        {
            _before = ParsePaging(ref tokens);
        }
        else if (tokens.IsWord("after"u8))
        {
            _after = ParsePaging(ref tokens);
        }
        else if (tokens.IsWord("nullable"u8))
        {
            ParseNullable(ref tokens);
        }
        else
        {
            throw tokens.Unexpected(tokens.Peek().Span, $"`=`, `!=`, `>`, `>=`, `<` or `<=` after `{tokens.TextOf(tokens.Current)}`");
        }
    }

    private static SyntaxValue ParseSearch(ref TokenReader tokens)
    {
        const string Expected = "a string or a variable";
        tokens.Take();
        tokens.Expect(TokenKind.OpenParenthesis, "`(`");
        SyntaxValue value = ScalarSyntax.Expect(ref tokens, Expected);
        tokens.Expect(TokenKind.CloseParenthesis, "`)`");
        return value is SyntaxValue.Text or SyntaxValue.Variable ? value : throw tokens.Unexpected(value.Span, Expected);
    }

    private void ParseOrderBy(ref TokenReader tokens)
    {
        tokens.Take();
        tokens.Expect(TokenKind.OpenParenthesis, "`(`");
        do
        {
            Count(ref tokens);
            Name key = tokens.ExpectName("a field or an alias to order by");
            _orderBy.Add(new OrderSyntax(key, TakeDirection(ref tokens)));
            tokens.ExpectCommaOr(TokenKind.CloseParenthesis, ")");
        }
        while (!tokens.TryTake(TokenKind.CloseParenthesis));
    }

    private static bool TakeDirection(ref TokenReader tokens)
    {
        bool descending = tokens.IsInAnyCase("desc"u8);
        if (!descending && !tokens.IsInAnyCase("asc"u8))
        {
            throw tokens.Unexpected("`asc` or `desc`");
        }

        tokens.Take();
        return descending;
    }

    private static SyntaxValue ParseCount(ref TokenReader tokens)
    {
        const string Expected = "an integer or a variable";
        tokens.Take();
        SyntaxValue value = ScalarSyntax.Expect(ref tokens, Expected);
        return value is SyntaxValue.Integer or SyntaxValue.Variable ? value : throw tokens.Unexpected(value.Span, Expected);
    }

    private PagingSyntax ParsePaging(ref TokenReader tokens)
    {
        SourceSpan keyword = tokens.Take().Span;
        tokens.Expect(TokenKind.OpenParenthesis, "`(`");
        var values = ImmutableArray.CreateBuilder<SyntaxValue>();
        do
        {
            Count(ref tokens);
            values.Add(ExpectPagingValue(ref tokens));
            tokens.ExpectCommaOr(TokenKind.CloseParenthesis, ")");
        }
        while (!tokens.TryTake(TokenKind.CloseParenthesis));

        return new PagingSyntax(values.DrainToImmutable(), keyword);
    }

    private static SyntaxValue ExpectPagingValue(ref TokenReader tokens)
    {
        const string Expected = "a literal or a variable";
        SyntaxValue value = ScalarSyntax.Expect(ref tokens, Expected);
        return value is SyntaxValue.Null
            ? throw tokens.Unexpected(value.Span, $"{Expected}; null is given through a variable")
            : value;
    }

    private void ParseNullable(ref TokenReader tokens)
    {
        tokens.Take();
        tokens.Expect(TokenKind.OpenParenthesis, "`(`");
        do
        {
            Count(ref tokens);
            _nullable.Add(tokens.ExpectName("the name of a selected relation"));
            tokens.ExpectCommaOr(TokenKind.CloseParenthesis, ")");
        }
        while (!tokens.TryTake(TokenKind.CloseParenthesis));
    }

    private static FilterSyntax ParseFieldFilter(ref TokenReader tokens)
    {
        Name field = tokens.ExpectName("a field");
        return ParseComparison(ref tokens, field, null, field.Span);
    }

    private static FilterSyntax ParseSelectorFilter(ref TokenReader tokens)
    {
        JsonSelector selector = SelectorSyntax.Take(ref tokens);
        return ParseComparison(ref tokens, null, selector, selector.Span);
    }

    private static FilterSyntax ParseComparison(ref TokenReader tokens, Name? field, JsonSelector? selector, SourceSpan start)
    {
        ComparisonOperator comparison = OperatorOf(tokens.Current.Kind) ?? throw tokens.Unexpected("`=`, `!=`, `>`, `>=`, `<` or `<=`");
        tokens.Take();
        SyntaxValue value = ScalarSyntax.Expect(ref tokens, "a literal, a variable or null");
        int length = value.Span.Start + value.Span.Length - start.Start;
        return new FilterSyntax(field, selector, comparison, value, new SourceSpan(start.Start, length));
    }

    private static ComparisonOperator? OperatorOf(TokenKind kind) => kind switch
    {
        TokenKind.Equal => ComparisonOperator.Equal,
        TokenKind.NotEqual => ComparisonOperator.NotEqual,
        TokenKind.Greater => ComparisonOperator.Greater,
        TokenKind.GreaterOrEqual => ComparisonOperator.GreaterOrEqual,
        TokenKind.Less => ComparisonOperator.Less,
        TokenKind.LessOrEqual => ComparisonOperator.LessOrEqual,
        _ => null,
    };
}
