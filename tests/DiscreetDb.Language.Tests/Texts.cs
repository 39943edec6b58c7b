using System.Text;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Language.Tests;

/// <summary>Parses texts given as strings, and takes failures apart.</summary>
internal static class Texts
{
    public static QueryDocument Query(string text) => DialectParser.ParseQuery(Encoding.UTF8.GetBytes(text));

    public static MutationDocument Mutation(string text) => DialectParser.ParseMutation(Encoding.UTF8.GetBytes(text));

    public static DeletionDocument Deletion(string text) => DialectParser.ParseDeletion(Encoding.UTF8.GetBytes(text));

    public static ModelDocument Model(string text) => ModelParser.Parse(Encoding.UTF8.GetBytes(text));

    /// <summary>The value of the only filter of <c>query { A(f = …) { x } }</c>.</summary>
    public static SyntaxValue Value(string literal) =>
        Query($"query {{ A(f = {literal}) {{ x }} }}").Roots[0].Parameters.Filters[0].Value;

    /// <summary>The failure of a parse, which has to be an error of the code with a place.</summary>
    public static DiscreetException Fails(ErrorCode code, Action parse)
    {
        DiscreetException error = Assert.Throws<DiscreetException>(parse);
        Assert.Equal(code, error.Code);
        Assert.NotNull(error.Location);
        return error;
    }

    public static DiscreetException Fails(Action parse) => Fails(ErrorCode.SyntaxError, parse);
}
