using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Query.Plans;
using DiscreetDb.Storage;

namespace DiscreetDb.Query;

/// <summary>The read path: text → prepared query → values → plan → snapshot → answer. May be used from any thread.</summary>
internal sealed class QueryPipeline(ReaderPool readers, FullText fullText, ModelsInForce models)
{
    private readonly PlanCache _cache = new();

    /// <summary>Answers a <c>query</c> text on the caller's thread; a search may wait for the writer.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameters">The values of its variables.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DiscreetException">What is wrong with text or parameters, or what reading can throw.</exception>
    public QueryAnswer Run(string text, IParameterSource? parameters, CancellationToken cancellationToken)
    {
        using AnswerBuffer output = new();
        AnswerDependencies dependencies = Run(text, parameters, output, cancellationToken);
        return new QueryAnswer(output.Written.ToArray(), dependencies);
    }

    /// <summary>Writes the answer of a <c>query</c> text into a buffer.</summary>
    /// <inheritdoc cref="Run(string, IParameterSource?, CancellationToken)" />
    public AnswerDependencies Run(string text, IParameterSource? parameters, AnswerBuffer output, CancellationToken cancellationToken)
    {
        while (true)
        {
            BoundPlan bound = Bind(text, parameters, models.Current);
            using ReadTransaction snapshot = bound.Plan.HasSearch
                ? fullText.BeginSearchAsync(cancellationToken).AsTask().GetAwaiter().GetResult()
                : readers.Begin(cancellationToken);
            if (TryRead(text, parameters, bound, snapshot, output, cancellationToken) is { } dependencies)
            {
                return dependencies;
            }
        }
    }

    /// <summary>Answers a <c>query</c> text on a scheduler. Nothing blocks while a search waits for the writer.</summary>
    /// <inheritdoc cref="Run(string, IParameterSource?, CancellationToken)" />
    public async Task<QueryAnswer> RunAsync(
        string text, IParameterSource? parameters, IScheduler scheduler, CancellationToken cancellationToken)
    {
        using AnswerBuffer output = new();
        AnswerDependencies dependencies = await RunAsync(text, parameters, output, scheduler, cancellationToken).ConfigureAwait(false);
        return new QueryAnswer(output.Written.ToArray(), dependencies);
    }

    /// <summary>Writes the answer of a <c>query</c> text into a buffer, on a scheduler.</summary>
    /// <inheritdoc cref="Run(string, IParameterSource?, CancellationToken)" />
    public async Task<AnswerDependencies> RunAsync(
        string text, IParameterSource? parameters, AnswerBuffer output, IScheduler scheduler, CancellationToken cancellationToken)
    {
        AnswerDependencies? dependencies = await scheduler
            .RunAsync(() => RunUnlessSearch(text, parameters, output, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        while (dependencies is null)
        {
            using ReadTransaction snapshot = await fullText.BeginSearchAsync(cancellationToken).ConfigureAwait(false);
            dependencies = await scheduler
                .RunAsync(() => RunSearch(text, parameters, snapshot, output, cancellationToken), cancellationToken)
                .ConfigureAwait(false);
        }

        return dependencies.Value;
    }

    /// <summary>What a text means and how it is read: the IR and the statements.</summary>
    /// <exception cref="DiscreetException">What is wrong with text or parameters.</exception>
    public string Explain(string text, IParameterSource? parameters)
    {
        DataModel model = models.Current;
        return $"{_cache.Prepare(text, model).Operation}\n\n{Bind(text, parameters, model).Plan}";
    }

    private AnswerDependencies? RunUnlessSearch(
        string text, IParameterSource? parameters, AnswerBuffer output, CancellationToken cancellationToken) =>
        Bind(text, parameters, models.Current).Plan.HasSearch ? null : Run(text, parameters, output, cancellationToken);

    private AnswerDependencies? RunSearch(
        string text, IParameterSource? parameters, ReadTransaction snapshot, AnswerBuffer output, CancellationToken cancellationToken) =>
        TryRead(text, parameters, Bind(text, parameters, models.Current), snapshot, output, cancellationToken);

    /// <summary>Null where the snapshot was taken before an update of the model that is in force by now: take another.</summary>
    private AnswerDependencies? TryRead(
        string text,
        IParameterSource? parameters,
        BoundPlan bound,
        ReadTransaction snapshot,
        AnswerBuffer output,
        CancellationToken cancellationToken)
    {
        if (models.Of(snapshot.Connection) is not { } shown)
        {
            return null;
        }

        BoundPlan fitting = bound.ModelVersion == shown.Version ? bound : Bind(text, parameters, shown);
        PlanExecutor.Run(fitting.Plan, snapshot.Connection, fitting.Variables, output, cancellationToken);
        return new AnswerDependencies(fitting.Plan, fitting.Variables);
    }

    private BoundPlan Bind(string text, IParameterSource? parameters, DataModel model)
    {
        PreparedQuery query = _cache.Prepare(text, model);
        Value[] variables = ParameterBinder.Bind(query.Variables, parameters);
        return new BoundPlan(_cache.GetPlan(query, variables), variables, model.Version);
    }

    private readonly record struct BoundPlan(Plan Plan, Value[] Variables, long ModelVersion);
}
