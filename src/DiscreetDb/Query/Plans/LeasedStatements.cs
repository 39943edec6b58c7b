using DiscreetDb.Storage;

namespace DiscreetDb.Query.Plans;

/// <summary>
/// The statements of one run. Each node leases its own when it is first reached, also where two nodes have the same text,
/// because both may be in the middle of their rows; parameters that do not depend on a row are bound once.
/// </summary>
internal sealed class LeasedStatements(Connection connection, RunBinder binder, int nodeCount) : IDisposable
{
    private readonly Statement?[] _statements = new Statement?[nodeCount];

    public Statement this[PlanNode node] => _statements[node.Index] ??= Lease(node);

    /// <summary>Gives all back; the next use leases anew.</summary>
    public void Dispose()
    {
        foreach (ref Statement? statement in _statements.AsSpan())
        {
            statement?.Dispose();
            statement = null;
        }
    }

    private Statement Lease(PlanNode node)
    {
        Statement statement = connection.Prepare(node.Sql);
        binder.Bind(statement, node);
        return statement;
    }
}
