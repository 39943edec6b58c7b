using System.Collections.Immutable;
using DiscreetDb.Language.Lexis;

namespace DiscreetDb.Language.Dialect;

/// <summary>What the three documents have in common: <c>keyword name? { root+ }</c>, aliases, and keys that are unique.</summary>
internal static class DocumentSyntax
{
    /// <summary>What is wrong with a key that stands twice.</summary>
    public const string TwoItems = "is the key of two items; give one of them an alias";

    private const int FewCount = 16;

    /// <summary>Takes the keyword, the name of the document, if it has one, and the opening brace.</summary>
    public static string? ExpectHead(ref TokenReader tokens, ReadOnlySpan<byte> keyword)
    {
        tokens.ExpectWord(keyword);
        string? name = tokens.Is(TokenKind.Word) ? tokens.TextOf(tokens.Take()) : null;
        tokens.Expect(TokenKind.OpenBrace, name is null ? "a name or `{`" : "`{`");
        return name;
    }

    /// <summary>Takes the opening brace of a selection or object at this depth, the root's being 1.</summary>
    public static void ExpectOpenBrace(ref TokenReader tokens, int depth, string expected)
    {
        Token brace = tokens.Expect(TokenKind.OpenBrace, expected);
        if (depth > Limits.NestingDepth)
        {
            throw tokens.Source.Error(
                ErrorCode.TooComplex, brace.Span, $"The text nests deeper than {Limits.NestingDepth} levels.");
        }
    }

    /// <summary>Takes <c>alias: Entity</c> or <c>Entity</c> behind this many roots; the first cannot be missing.</summary>
    public static (Name? Alias, QualifiedName Entity) ExpectRootHead(ref TokenReader tokens, int count)
    {
        QualifiedName first = tokens.ExpectQualifiedName(count == 0 ? "an entity or an alias" : "an entity, an alias or `}`");
        if (count == Limits.RootCount)
        {
            throw tokens.Source.Error(
                ErrorCode.TooComplex, first.Span, $"The document has more than {Limits.RootCount} roots; split it.");
        }

        if (!tokens.TryTake(TokenKind.Colon))
        {
            return (null, first);
        }

        return (new Name(first.AsTyped, first.Span), tokens.ExpectQualifiedName("an entity"));
    }

    /// <summary>Whether another root follows; where none does, takes the closing brace and the end of the text.</summary>
    public static bool HasMoreRoots(ref TokenReader tokens)
    {
        if (!tokens.TryTake(TokenKind.CloseBrace))
        {
            return true;
        }

        tokens.ExpectEnd();
        return false;
    }

    /// <summary>Makes sure that an alias does not begin with an underscore: such names belong to the engine.</summary>
    public static void RequireAlias(ref TokenReader tokens, Name? alias)
    {
        if (alias is { } name && name.Text.StartsWith('_'))
        {
            throw tokens.Source.Error(
                ErrorCode.InvalidName, name.Span, $"The alias `{name.Text}` begins with an underscore; choose another.");
        }
    }

    /// <summary>Makes sure that no two items have the same name; the error stands at the second.</summary>
    public static void RequireUnique<T>(
        ref TokenReader tokens, ImmutableArray<T> items, Func<T, Name> nameOf, ErrorCode code, string reason)
    {
        int duplicate = items.Length <= FewCount ? FindAmongFew(items, nameOf) : FindAmongMany(items, nameOf);
        if (duplicate >= 0)
        {
            Name name = nameOf(items[duplicate]);
            throw tokens.Source.Error(code, name.Span, $"`{name.Text}` {reason}.");
        }
    }

    private static int FindAmongFew<T>(ImmutableArray<T> items, Func<T, Name> nameOf)
    {
        for (int i = 1; i < items.Length; i++)
        {
            string name = nameOf(items[i]).Text;
            for (int j = 0; j < i; j++)
            {
                if (nameOf(items[j]).Text == name)
                {
                    return i;
                }
            }
        }

        return -1;
    }

    private static int FindAmongMany<T>(ImmutableArray<T> items, Func<T, Name> nameOf)
    {
        var seen = new HashSet<string>(items.Length, StringComparer.Ordinal);
        for (int i = 0; i < items.Length; i++)
        {
            if (!seen.Add(nameOf(items[i]).Text))
            {
                return i;
            }
        }

        return -1;
    }
}
