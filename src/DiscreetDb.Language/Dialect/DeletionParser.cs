using System.Collections.Immutable;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Dialect;

/// <summary>The grammar of <c>delete { … }</c>, dialect §8. An alias is read and means nothing.</summary>
internal ref struct DeletionParser(TokenReader tokens)
{
    private const string ExpectedId = "a variable that holds an id";

    private TokenReader _tokens = tokens;

    /// <summary>Reads the whole text.</summary>
    public DeletionDocument Parse()
    {
        string? name = DocumentSyntax.ExpectHead(ref _tokens, "delete"u8);
        var roots = ImmutableArray.CreateBuilder<DeletionRoot>();
        do
        {
            roots.Add(ParseRoot(roots.Count));
        }
        while (DocumentSyntax.HasMoreRoots(ref _tokens));

        return new DeletionDocument(_tokens.Source, name, roots.DrainToImmutable());
    }

    private DeletionRoot ParseRoot(int count)
    {
        (_, QualifiedName entity) = DocumentSyntax.ExpectRootHead(ref _tokens, count);
        _tokens.Expect(TokenKind.OpenBrace, "`{`");
        SyntaxValue.Variable id = ScalarSyntax.ExpectVariable(ref _tokens, ExpectedId);
        var links = ImmutableArray.CreateBuilder<LinkDeletion>();
        while (!_tokens.TryTake(TokenKind.CloseBrace))
        {
            links.Add(ParseLinks());
        }

        return new DeletionRoot(entity, id, links.DrainToImmutable());
    }

    private LinkDeletion ParseLinks()
    {
        Name field = _tokens.ExpectName("a multiple relation or `}`");
        _tokens.Expect(TokenKind.OpenBracket, "`[`");
        var targets = ImmutableArray.CreateBuilder<SyntaxValue.Variable>();
        do
        {
            targets.Add(ScalarSyntax.ExpectVariable(ref _tokens, ExpectedId));
            _tokens.ExpectCommaOr(TokenKind.CloseBracket, "]");
        }
        while (!_tokens.TryTake(TokenKind.CloseBracket));

        return new LinkDeletion(field, targets.DrainToImmutable());
    }
}
