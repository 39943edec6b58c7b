using System.Text;
using DiscreetDb.Language.Model;

namespace DiscreetDb.Query.Model;

/// <summary>
/// Model text to data model: parsed, checked (dialect §3.2 to §3.4), joined with the namespace <c>sys</c>, and, where a
/// stored model exists, checked to be a successor of it (dialect §4).
/// </summary>
internal static class DataModelBuilder
{
    /// <summary>Builds the model of a text.</summary>
    /// <param name="text">The complete model.</param>
    /// <param name="version">The version the model is to have.</param>
    /// <param name="stored">The model in force, if the new one is to replace it.</param>
    /// <exception cref="DiscreetException">With a location, for everything that is wrong in the text.</exception>
    public static DataModel Build(string text, long version, DataModel? stored = null) =>
        Build(ModelParser.Parse(Encoding.UTF8.GetBytes(text)), version, stored);

    /// <inheritdoc cref="Build(string, long, DataModel?)" />
    public static DataModel Build(ModelDocument document, long version, DataModel? stored = null)
    {
        var assembler = new ModelAssembler(document, SystemModel.Entities);
        DataModel model = assembler.Assemble(version);
        if (stored is not null)
        {
            new SuccessionRules(stored, model, assembler).Check();
        }

        return model;
    }
}
