using System.Text;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Lowering;
using DiscreetDb.Query.Passes;

namespace DiscreetDb.EngineTests.Query;

/// <summary>The stages of the read path up to the IR, over the harbour.</summary>
internal static class QueryModels
{
    /// <summary>A query text resolved against the harbour.</summary>
    public static QueryOperation Resolve(string query) =>
        QueryResolver.Resolve(DialectParser.ParseQuery(Encoding.UTF8.GetBytes(query)), HarbourModel.Model);

    /// <summary>A query text resolved against the harbour and rewritten.</summary>
    public static QueryOperation ResolveAndRewrite(string query) => Rewrite.Run(Resolve(query));
}
