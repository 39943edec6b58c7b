using System.Text;
using DiscreetDb.Language.Dialect;
using DiscreetDb.Query.Ir;
using DiscreetDb.Query.Lowering;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Passes;

namespace DiscreetDb.EngineTests.Query;

/// <summary>The model of the pages about the language, and the stages of the read path up to the IR.</summary>
internal static class QueryModels
{
    public const string Harbour =
        """
        harbour {
          Boat {
            name: String,              length: Float default 0,      crew: Integer default 1,
            insured: Boolean default true,                           papers: Json nullable,
            photo: Base64 nullable,    home: harbour.Berth,          owners: [harbour.Owner],
            sisters: [harbour.Boat] nullable,
            index(name)
          }
          Berth { code: String, dues: Integer default 0 }
          Owner { nick: String nullable, country: String default "Côte d'Ivoire" }
          Secret(no_full_text_index) { note: String }
        }
        { Memo { text: String } }
        """;

    private static readonly DataModel HarbourModel = DataModelBuilder.Build(Harbour, version: 1);

    /// <summary>A query text resolved against the harbour.</summary>
    public static QueryOperation Resolve(string query) =>
        QueryResolver.Resolve(DialectParser.ParseQuery(Encoding.UTF8.GetBytes(query)), HarbourModel);

    /// <summary>A query text resolved against the harbour and rewritten.</summary>
    public static QueryOperation ResolveAndRewrite(string query) => Rewrite.Run(Resolve(query));
}
