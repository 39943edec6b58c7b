using DiscreetDb.Query;
using DiscreetDb.Query.Parameters;

namespace DiscreetDb;

internal sealed partial class Engine
{
    /// <summary>Runs a <c>query</c> text in one snapshot, on the scheduler.</summary>
    public Task<QueryAnswer> QueryAsync(string text, IParameterSource? parameters, CancellationToken cancellationToken) =>
        _queries.RunAsync(text, parameters, _scheduler, cancellationToken);

    /// <summary>Runs a <c>query</c> text in one snapshot, on the caller's thread.</summary>
    public QueryAnswer Query(string text, IParameterSource? parameters, CancellationToken cancellationToken) =>
        _queries.Run(text, parameters, cancellationToken);
}
