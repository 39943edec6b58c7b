using DiscreetDb.Mutation;
using DiscreetDb.Query.Model;

namespace DiscreetDb.EngineTests;

/// <summary>The model of the pages about the language.</summary>
internal static class HarbourModel
{
    public const string Text =
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

    public static DataModel Model { get; } = DataModelBuilder.Build(Text, version: 1);

    public static WriteTables Tables { get; } = new(Model);
}
