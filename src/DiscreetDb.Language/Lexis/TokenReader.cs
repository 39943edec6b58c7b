using System.Text;
using DiscreetDb.Language.Dialect;

namespace DiscreetDb.Language.Lexis;

/// <summary>The current token of a text and the steps every parser takes: test, take, expect. Copying it looks ahead.</summary>
internal ref struct TokenReader
{
    private readonly ReadOnlySpan<byte> _text;

    private TokenReader(SourceText source)
    {
        Source = source;
        _text = source.Utf8.Span;
        Current = Lexer.Next(_text, 0);
    }

    /// <summary>The text being read.</summary>
    public SourceText Source { get; }

    /// <summary>The token not yet taken.</summary>
    public Token Current { get; private set; }

    /// <summary>Whether a JSON selector begins here: it is one token, so the arrow follows the field without a space.</summary>
    public readonly bool IsSelector => Current.Kind == TokenKind.Word && _text[Current.End..].StartsWith("->"u8);

    /// <summary>Begins to read a text of bounded size.</summary>
    /// <exception cref="DiscreetException">TextTooLarge, or SyntaxError for what is not UTF-8.</exception>
    public static TokenReader Open(ReadOnlyMemory<byte> utf8, int limitBytes)
    {
        var source = new SourceText(utf8);
        if (utf8.Length > limitBytes)
        {
            throw source.Error(
                ErrorCode.TextTooLarge, new SourceSpan(0, 1), $"The text has {utf8.Length} bytes, the limit is {limitBytes}.");
        }

        source.RequireUtf8();
        return new TokenReader(source);
    }

    /// <summary>Whether the current token is of this kind.</summary>
    public readonly bool Is(TokenKind kind) => Current.Kind == kind;

    /// <summary>Whether the current token is this word, in this case.</summary>
    public readonly bool IsWord(ReadOnlySpan<byte> word) => Is(TokenKind.Word) && BytesOf(Current).SequenceEqual(word);

    /// <summary>Whether the current token reads so, in any case.</summary>
    public readonly bool IsInAnyCase(ReadOnlySpan<byte> text) => Ascii.EqualsIgnoreCase(BytesOf(Current), text);

    /// <summary>The token after the current one.</summary>
    public readonly Token Peek() => Lexer.Next(_text, Current.End);

    /// <summary>Moves on and returns the token left behind.</summary>
    public Token Take()
    {
        Token taken = Current;
        Current = Lexer.Next(_text, taken.End);
        return taken;
    }

    /// <summary>Takes the token if it is of this kind.</summary>
    public bool TryTake(TokenKind kind)
    {
        if (!Is(kind))
        {
            return false;
        }

        Take();
        return true;
    }

    /// <summary>Takes a token of this kind.</summary>
    /// <exception cref="DiscreetException">SyntaxError.</exception>
    public Token Expect(TokenKind kind, string expected) => Is(kind) ? Take() : throw Unexpected(expected);

    /// <summary>Takes this word, in this case.</summary>
    /// <exception cref="DiscreetException">SyntaxError.</exception>
    public void ExpectWord(ReadOnlySpan<byte> word)
    {
        if (!IsWord(word))
        {
            throw Unexpected($"`{Encoding.UTF8.GetString(word)}`");
        }

        Take();
    }

    /// <summary>Takes an identifier.</summary>
    /// <exception cref="DiscreetException">SyntaxError.</exception>
    public Name ExpectName(string expected)
    {
        Token word = Expect(TokenKind.Word, expected);
        return new Name(TextOf(word), word.Span);
    }

    /// <summary>Takes <c>name</c> or <c>namespace.name</c>.</summary>
    /// <exception cref="DiscreetException">SyntaxError.</exception>
    public QualifiedName ExpectQualifiedName(string expected)
    {
        Name first = ExpectName(expected);
        if (!TryTake(TokenKind.Dot))
        {
            return new QualifiedName(null, first.Text, first.Span);
        }

        Name second = ExpectName("an entity after the namespace");
        int length = second.Span.Start + second.Span.Length - first.Span.Start;
        return new QualifiedName(first.Text, second.Text, new SourceSpan(first.Span.Start, length));
    }

    /// <summary>Takes a comma, or makes sure that the list ends here.</summary>
    /// <exception cref="DiscreetException">SyntaxError.</exception>
    public void ExpectCommaOr(TokenKind close, string closeText)
    {
        if (!TryTake(TokenKind.Comma) && !Is(close))
        {
            throw Unexpected($"`,` or `{closeText}`");
        }
    }

    /// <summary>Makes sure that nothing follows.</summary>
    /// <exception cref="DiscreetException">SyntaxError.</exception>
    public readonly void ExpectEnd()
    {
        if (!Is(TokenKind.End))
        {
            throw Unexpected("the end of the text");
        }
    }

    /// <summary>Takes <c>length</c> bytes from the start of the current token as one token of the parser's making.</summary>
    public SourceSpan TakeBytes(int length)
    {
        var span = new SourceSpan(Current.Start, length);
        Current = Lexer.Next(_text, Current.Start + length);
        return span;
    }

    /// <summary>The text from the start of the current token on.</summary>
    public readonly ReadOnlySpan<byte> Rest() => _text[Current.Start..];

    /// <summary>The bytes of a token.</summary>
    public readonly ReadOnlySpan<byte> BytesOf(Token token) => _text.Slice(token.Start, token.Length);

    /// <summary>The characters of a token.</summary>
    public readonly string TextOf(Token token) => Encoding.UTF8.GetString(BytesOf(token));

    /// <summary>The error of the current token, which does not fit the grammar.</summary>
    public readonly DiscreetException Unexpected(string expected) => Unexpected(Current.Kind, Current.Span, expected);

    /// <summary>The error of a place that does not fit the grammar.</summary>
    public readonly DiscreetException Unexpected(SourceSpan found, string expected) => Unexpected(TokenKind.Unknown, found, expected);

    /// <summary>The error of whatever stands at this byte, which is not where the current token begins.</summary>
    public readonly DiscreetException UnexpectedAt(int position, string expected)
    {
        Token found = Lexer.Next(_text, position);
        return found.Start == position
            ? Unexpected(found.Kind, found.Span, expected)
            : Unexpected(TokenKind.Unknown, new SourceSpan(position, 1), expected);
    }

    private readonly DiscreetException Unexpected(TokenKind kind, SourceSpan span, string expected)
    {
        string found = kind switch
        {
            TokenKind.End => "the end of the text",
            TokenKind.UnterminatedString => "a string without its closing quote",
            _ => $"`{Source.Locate(span).Excerpt}`",
        };
        return Source.Error(ErrorCode.SyntaxError, span, $"Syntax error: found {found}, expected {expected}.");
    }
}
