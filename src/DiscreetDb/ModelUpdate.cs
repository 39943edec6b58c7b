using DiscreetDb.Log;
using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb;

/// <summary>Replaces the model of a log and brings its tables and full text in line, inside one transaction (dialect §4).</summary>
internal static class ModelUpdate
{
    /// <summary>Answers the new model; refused: an error, and the previous model stays in force.</summary>
    public static DataModel Run(CommitLog log, WriteTransaction transaction, string text, long version)
    {
        DataModel next = DataModelBuilder.Build(text, version, log.Model);
        new ModelMigration(transaction, log).Apply(next, ModelChange.Between(log.Model, next));
        return next;
    }
}
