using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Query.Plans;
using DiscreetDb.Storage;

namespace DiscreetDb.Query;

/// <summary>The read path: text → prepared query → values → plan → snapshot → answer. May be used from any thread.</summary>
internal sealed class QueryPipeline(ReaderPool readers, ModelsInForce models)
{
    private readonly PlanCache _cache = new();

    /// <summary>Answers a <c>query</c> text.</summary>
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
            DataModel model = models.Current;
            BoundPlan bound = Bind(text, parameters, model);
            using ReadTransaction snapshot = readers.Begin(cancellationToken);
            if (models.Of(snapshot.Connection) is not { } shown)
            {
                // Taken before an update of the model that is in force by now.
                continue;
            }

            bound = ReferenceEquals(shown, model) ? bound : Bind(text, parameters, shown);
            PlanExecutor.Run(bound.Plan, snapshot.Connection, bound.Variables, output, cancellationToken);
            return new AnswerDependencies(bound.Plan, bound.Variables);
        }
    }

    /// <summary>What a text means and how it is read: the IR and the statements.</summary>
    /// <exception cref="DiscreetException">What is wrong with text or parameters.</exception>
    public string Explain(string text, IParameterSource? parameters)
    {
        DataModel model = models.Current;
        return $"{_cache.Prepare(text, model).Operation}\n\n{Bind(text, parameters, model).Plan}";
    }

    private BoundPlan Bind(string text, IParameterSource? parameters, DataModel model)
    {
        PreparedQuery query = _cache.Prepare(text, model);
        Value[] variables = ParameterBinder.Bind(query.Variables, parameters);
        return new BoundPlan(_cache.GetPlan(query, variables), variables);
    }

    private readonly record struct BoundPlan(Plan Plan, Value[] Variables);
}
