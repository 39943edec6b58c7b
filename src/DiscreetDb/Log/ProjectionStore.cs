using DiscreetDb.Query.Model;
using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Everything the projection writes to: the tables of the model in force, and what it remembers beside them.</summary>
internal sealed class ProjectionStore(LogStore log, DataModel model, IDocuments documents, TimeProvider clock)
{
    public LogStore Log { get; } = log;

    public Connection Connection => Log.Connection;

    public ProjectionTables Tables { get; private set; } = new(model);

    public RowHistory History { get; } = new(log.Connection);

    public TombstoneTable Tombstones { get; } = new(log.Connection);

    public LinkLedger Ledger { get; } = new(log.Connection);

    public IncompleteRows Incomplete { get; } = new();

    public IDocuments Documents { get; } = documents;

    public long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>From now on projects by another model; the tables are the caller's to bring in line.</summary>
    public void SetModel(WriteTransaction transaction, DataModel model)
    {
        ProjectionTables before = Tables;
        Tables = new ProjectionTables(model);
        Incomplete.Clear();
        transaction.OnRollback(() =>
        {
            Tables = before;
            Incomplete.Clear();
        });
    }

    /// <summary>The number of a relation among the fields of the log.</summary>
    public int NumberOf(WriteTransaction transaction, LinkTable links) =>
        Log.Fields.Intern(transaction, links.Source.LogName, links.Field.LogName);

    public CommitStamp StampOf(CommitNumber commit) => Log.Commits.StampOf(commit);
}
