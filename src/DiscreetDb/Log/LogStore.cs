using DiscreetDb.Storage;

namespace DiscreetDb.Log;

/// <summary>Everything the log stores, on one connection: the writer's, or a reader's for verification.</summary>
internal sealed class LogStore
{
    public LogStore(Connection connection)
    {
        Connection = connection;
        Fields = new FieldTable(connection);
        Authors = new AuthorTable(connection);
        Heads = new HeadsTable(connection);
        Logs = new LogTable(connection, Authors, Heads);
        Commits = new CommitTable(connection, Logs, Heads);
        Forks = new ForkTable(connection);
        Branches = new BranchTable(connection);
        Parked = new ParkedTable(connection);
    }

    public Connection Connection { get; }

    public FieldTable Fields { get; }

    public AuthorTable Authors { get; }

    public HeadsTable Heads { get; }

    public LogTable Logs { get; }

    public CommitTable Commits { get; }

    public ForkTable Forks { get; }

    public BranchTable Branches { get; }

    public ParkedTable Parked { get; }
}
