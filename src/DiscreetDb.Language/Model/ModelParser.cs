using System.Collections.Immutable;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Model;

/// <summary>
/// Text to syntax tree for data models, dialect §3.1; the grammar stands in <c>schema/dialect.ebnf</c>. Knows no stored
/// model: names, defaults and renames are judged when the data model is built.
/// </summary>
internal ref struct ModelParser
{
    private TokenReader _tokens;
    private int _entityCount;

    private ModelParser(TokenReader tokens)
    {
        _tokens = tokens;
    }

    /// <summary>Reads a whole model; the empty text is one.</summary>
    /// <exception cref="DiscreetException">With a location, for everything that is wrong in the text.</exception>
    public static ModelDocument Parse(ReadOnlyMemory<byte> utf8) =>
        new ModelParser(TokenReader.Open(utf8, Limits.ModelSizeBytes)).ParseModel();

    private ModelDocument ParseModel()
    {
        var namespaces = ImmutableArray.CreateBuilder<NamespaceDeclaration>();
        while (!_tokens.Is(TokenKind.End))
        {
            namespaces.Add(ParseNamespace());
        }

        return new ModelDocument(_tokens.Source, namespaces.DrainToImmutable());
    }

    private NamespaceDeclaration ParseNamespace()
    {
        Name? name = _tokens.Is(TokenKind.Word) ? _tokens.ExpectName("a namespace") : null;
        _tokens.Expect(TokenKind.OpenBrace, name is null ? "a namespace or `{`" : "`{`");
        var entities = ImmutableArray.CreateBuilder<EntityDeclaration>();
        while (!_tokens.TryTake(TokenKind.CloseBrace))
        {
            CountEntity();
            entities.Add(ParseEntity());
        }

        return new NamespaceDeclaration(name, entities.DrainToImmutable());
    }

    private void CountEntity()
    {
        if (++_entityCount > Limits.EntityCount)
        {
            throw _tokens.Source.Error(
                ErrorCode.TooComplex, _tokens.Current.Span, $"The model has more than {Limits.EntityCount} entities.");
        }
    }

    private EntityDeclaration ParseEntity()
    {
        Annotations annotations = ParseAnnotations();
        Name name = _tokens.ExpectName("an entity or `}`");
        bool hasFullText = ParseOptions();
        _tokens.Expect(TokenKind.OpenBrace, "`{`");
        var fields = ImmutableArray.CreateBuilder<FieldDeclaration>();
        var indexes = ImmutableArray.CreateBuilder<IndexDeclaration>();
        do
        {
            ParseEntry(name, fields, indexes);
            _tokens.ExpectCommaOr(TokenKind.CloseBrace, "}");
        }
        while (!_tokens.TryTake(TokenKind.CloseBrace));

        return new EntityDeclaration(name, annotations, hasFullText, fields.DrainToImmutable(), indexes.DrainToImmutable());
    }

    private Annotations ParseAnnotations()
    {
        if (!_tokens.Is(TokenKind.Annotation))
        {
            return Annotations.None;
        }

        bool isDeprecated = false;
        var formerNames = ImmutableArray.CreateBuilder<QualifiedName>();
        while (_tokens.Is(TokenKind.Annotation))
        {
            if (_tokens.IsInAnyCase("@deprecated"u8))
            {
                _tokens.Take();
                isDeprecated = true;
                continue;
            }

            formerNames.Add(ParseWas());
        }

        return new Annotations(isDeprecated, formerNames.DrainToImmutable());
    }

    private QualifiedName ParseWas()
    {
        if (!_tokens.IsInAnyCase("@was"u8))
        {
            throw _tokens.Unexpected("`@deprecated` or `@was`");
        }

        _tokens.Take();
        _tokens.Expect(TokenKind.OpenParenthesis, "`(`");
        QualifiedName formerName = _tokens.ExpectQualifiedName("a former name");
        _tokens.Expect(TokenKind.CloseParenthesis, "`)`");
        return formerName;
    }

    /// <summary>Whether the entity keeps its full text.</summary>
    private bool ParseOptions()
    {
        bool hasFullText = true;
        if (!_tokens.TryTake(TokenKind.OpenParenthesis))
        {
            return hasFullText;
        }

        while (!_tokens.TryTake(TokenKind.CloseParenthesis))
        {
            _tokens.ExpectWord("no_full_text_index"u8);
            hasFullText = false;
            _tokens.ExpectCommaOr(TokenKind.CloseParenthesis, ")");
        }

        return hasFullText;
    }

    private void ParseEntry(
        Name entity, ImmutableArray<FieldDeclaration>.Builder fields, ImmutableArray<IndexDeclaration>.Builder indexes)
    {
        if (_tokens.IsInAnyCase("index"u8) && _tokens.Peek().Kind == TokenKind.OpenParenthesis)
        {
            indexes.Add(ParseIndex());
            return;
        }

        if (fields.Count == Limits.FieldCount)
        {
            throw _tokens.Source.Error(
                ErrorCode.TooComplex, _tokens.Current.Span, $"`{entity.Text}` has more than {Limits.FieldCount} fields.");
        }

        fields.Add(ParseField());
    }

    private IndexDeclaration ParseIndex()
    {
        SourceSpan span = _tokens.Take().Span;
        _tokens.Expect(TokenKind.OpenParenthesis, "`(`");
        var fields = ImmutableArray.CreateBuilder<Name>();
        do
        {
            fields.Add(_tokens.ExpectName("a field to index"));
            _tokens.ExpectCommaOr(TokenKind.CloseParenthesis, ")");
        }
        while (!_tokens.TryTake(TokenKind.CloseParenthesis));

        return new IndexDeclaration(fields.DrainToImmutable(), span);
    }

    private FieldDeclaration ParseField()
    {
        Annotations annotations = ParseAnnotations();
        Name name = _tokens.ExpectName("a field, `index(` or `}`");
        _tokens.Expect(TokenKind.Colon, "`:`");
        return new FieldDeclaration(name, annotations, ParseType());
    }

    private TypeSyntax ParseType()
    {
        const string Expected = "Integer, Float, Boolean, String, Base64, Json, an entity or `[`";
        if (_tokens.TryTake(TokenKind.OpenBracket))
        {
            QualifiedName target = ExpectTarget("an entity");
            _tokens.Expect(TokenKind.CloseBracket, "`]`");
            return new TypeSyntax.Links(target, TryTakeNullable());
        }

        bool isQualified = _tokens.Peek().Kind == TokenKind.Dot;
        QualifiedName type = _tokens.ExpectQualifiedName(Expected);
        return !isQualified && ScalarTypes.Find(type.Entity) is { } scalar
            ? ParseScalar(scalar)
            : new TypeSyntax.Reference(type, TryTakeNullable());
    }

    private QualifiedName ExpectTarget(string expected)
    {
        QualifiedName target = _tokens.ExpectQualifiedName(expected);
        return target.Namespace is null && ScalarTypes.Find(target.Entity) is not null
            ? throw _tokens.Unexpected(target.Span, $"{expected}; only relations are multiple, a list of scalars fits a Json field")
            : target;
    }

    private TypeSyntax.Scalar ParseScalar(ScalarType type)
    {
        if (TryTakeNullable())
        {
            return new TypeSyntax.Scalar(type, true, null);
        }

        if (!_tokens.IsInAnyCase("default"u8))
        {
            return new TypeSyntax.Scalar(type, false, null);
        }

        _tokens.Take();
        return new TypeSyntax.Scalar(type, false, ParseDefault());
    }

    private SyntaxValue ParseDefault()
    {
        const string Expected = "a literal";
        SyntaxValue value = ScalarSyntax.Expect(ref _tokens, Expected);
        return value is SyntaxValue.Null or SyntaxValue.Variable ? throw _tokens.Unexpected(value.Span, Expected) : value;
    }

    private bool TryTakeNullable()
    {
        if (!_tokens.IsInAnyCase("nullable"u8))
        {
            return false;
        }

        _tokens.Take();
        return true;
    }
}
