using DiscreetDb.Core;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Query.Plans;
using DiscreetDb.Storage;

namespace DiscreetDb.Query;

/// <summary>The read path: text → prepared query → values → plan → snapshot → answer. May be used from any thread.</summary>
internal sealed class QueryPipeline(ReaderPool readers)
{
    private readonly PlanCache _cache = new();

    /// <summary>Answers a <c>query</c> text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="parameters">The values of its variables.</param>
    /// <param name="model">The model in force.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="DiscreetException">What is wrong with text or parameters, or what reading can throw.</exception>
    public QueryAnswer Run(string text, IParameterSource? parameters, DataModel model, CancellationToken cancellationToken)
    {
        using AnswerBuffer output = new();
        AnswerDependencies dependencies = Run(text, parameters, model, output, cancellationToken);
        return new QueryAnswer(output.Written.ToArray(), dependencies);
    }

    /// <summary>Writes the answer of a <c>query</c> text into a buffer.</summary>
    /// <inheritdoc cref="Run(string, IParameterSource?, DataModel, CancellationToken)" />
    public AnswerDependencies Run(
        string text, IParameterSource? parameters, DataModel model, AnswerBuffer output, CancellationToken cancellationToken)
    {
        PreparedQuery query = _cache.Prepare(text, model);
        Value[] variables = ParameterBinder.Bind(query.Variables, parameters);
        Plan plan = _cache.GetPlan(query, variables);
        using ReadTransaction snapshot = readers.Begin(cancellationToken);
        PlanExecutor.Run(plan, snapshot.Connection, variables, output, cancellationToken);
        return new AnswerDependencies(plan, variables);
    }

    /// <summary>What a text means and how it is read: the IR and the statements.</summary>
    /// <exception cref="DiscreetException">What is wrong with text or parameters.</exception>
    public string Explain(string text, IParameterSource? parameters, DataModel model)
    {
        PreparedQuery query = _cache.Prepare(text, model);
        Plan plan = _cache.GetPlan(query, ParameterBinder.Bind(query.Variables, parameters));
        return $"{query.Operation}\n\n{plan}";
    }
}
