using System.Collections.Immutable;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Dialect;

/// <summary>The grammar of <c>mutate { … }</c>, dialect §7.1. Recursion is bounded by <see cref="Limits.NestingDepth" />.</summary>
internal ref struct MutationParser(TokenReader tokens)
{
    private const string ExpectedValue = "a value: a literal, a variable, null, `{` or `[`";

    private TokenReader _tokens = tokens;

    /// <summary>Reads the whole text.</summary>
    public MutationDocument Parse()
    {
        string? name = DocumentSyntax.ExpectHead(ref _tokens, "mutate"u8);
        var roots = ImmutableArray.CreateBuilder<MutationRoot>();
        do
        {
            roots.Add(ParseRoot(roots.Count));
        }
        while (DocumentSyntax.HasMoreRoots(ref _tokens));

        ImmutableArray<MutationRoot> all = roots.DrainToImmutable();
        DocumentSyntax.RequireUnique(ref _tokens, all, KeyOf, ErrorCode.DuplicateKey, DocumentSyntax.TwoItems);
        return new MutationDocument(_tokens.Source, name, all);
    }

    private static Name KeyOf(MutationRoot root) => root.Alias ?? new Name(root.Entity.AsTyped, root.Entity.Span);

    private MutationRoot ParseRoot(int count)
    {
        (Name? alias, QualifiedName entity) = DocumentSyntax.ExpectRootHead(ref _tokens, count);
        DocumentSyntax.RequireAlias(ref _tokens, alias);
        return new MutationRoot(alias, entity, ParseObject(1, mayBeEmpty: true));
    }

    private SyntaxValue.Object ParseObject(int depth, bool mayBeEmpty)
    {
        int start = _tokens.Current.Start;
        DocumentSyntax.ExpectOpenBrace(ref _tokens, depth, "`{`");
        var assignments = ImmutableArray.CreateBuilder<Assignment>();
        if (!mayBeEmpty)
        {
            assignments.Add(ParseAssignment("a field", depth));
        }

        while (!_tokens.Is(TokenKind.CloseBrace))
        {
            assignments.Add(ParseAssignment("a field or `}`", depth));
        }

        int length = _tokens.Take().End - start;
        ImmutableArray<Assignment> all = assignments.DrainToImmutable();
        DocumentSyntax.RequireUnique(
            ref _tokens, all, static assignment => assignment.Field, ErrorCode.DuplicateField, "is assigned twice in one object");
        return new SyntaxValue.Object(all, new SourceSpan(start, length));
    }

    private Assignment ParseAssignment(string expected, int depth)
    {
        Name field = _tokens.ExpectName(expected);
        _tokens.Expect(TokenKind.Colon, "`:`");
        return new Assignment(field, ParseValue(depth));
    }

    private SyntaxValue ParseValue(int depth) => _tokens.Current.Kind switch
    {
        TokenKind.OpenBrace => ParseObject(depth + 1, mayBeEmpty: false),
        TokenKind.OpenBracket => ParseList(depth),
        _ => ScalarSyntax.Expect(ref _tokens, ExpectedValue),
    };

    private SyntaxValue.List ParseList(int depth)
    {
        int start = _tokens.Take().Start;
        var items = ImmutableArray.CreateBuilder<SyntaxValue.Object>();
        do
        {
            items.Add(ParseObject(depth + 1, mayBeEmpty: false));
            _tokens.ExpectCommaOr(TokenKind.CloseBracket, "]");
        }
        while (!_tokens.Is(TokenKind.CloseBracket));

        int length = _tokens.Take().End - start;
        return new SyntaxValue.List(items.DrainToImmutable(), new SourceSpan(start, length));
    }
}
