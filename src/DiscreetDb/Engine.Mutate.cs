using DiscreetDb.Core;
using DiscreetDb.Language;
using DiscreetDb.Log;
using DiscreetDb.Mutation;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Storage;

namespace DiscreetDb;

internal sealed partial class Engine
{
    /// <summary>Runs a <c>mutate</c> text as one unit; completes when it is durable.</summary>
    public async ValueTask<MutationOutcome> MutateAsync(
        string text, IParameterSource? parameters, MutationOptions? options, CancellationToken cancellationToken) =>
        await _database.Writer.RunAsync(Prepare(text, parameters, options), cancellationToken).ConfigureAwait(false);

    /// <summary>Runs a <c>mutate</c> text as one unit; returns when it is durable.</summary>
    public MutationOutcome Mutate(string text, IParameterSource? parameters, MutationOptions? options) =>
        _database.Writer.Run(Prepare(text, parameters, options));

    /// <summary>Runs a <c>delete</c> text as one unit; completes when it is durable. Answers the commits it became.</summary>
    public async ValueTask<IReadOnlyList<CommitSummary>> DeleteAsync(
        string text, IParameterSource? parameters, CancellationToken cancellationToken)
    {
        DeletionPlan plan = _writePlans.Deletion(text, _writeTables);
        Value[] variables = ParameterBinder.Bind(plan.Variables, parameters);
        return await _database.Writer.RunAsync(
            transaction =>
            {
                if (IsOutdated(plan.Tables))
                {
                    plan = _writePlans.Deletion(text, _writeTables);
                    variables = ParameterBinder.Bind(plan.Variables, parameters);
                }

                return Delete(plan, variables, transaction);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is wrong with text or parameters is found here, on the caller's time.</summary>
    private Func<WriteTransaction, MutationOutcome> Prepare(string text, IParameterSource? parameters, MutationOptions? options)
    {
        MutationPlan plan = _writePlans.Mutation(text, _writeTables);
        Value[] variables = ParameterBinder.Bind(plan.Variables, parameters);
        return transaction =>
        {
            if (IsOutdated(plan.Tables))
            {
                plan = _writePlans.Mutation(text, _writeTables);
                variables = ParameterBinder.Bind(plan.Variables, parameters);
            }

            return Mutate(plan, variables, options, transaction);
        };
    }

    /// <summary>Whether this user may do something now; asked between two mutations.</summary>
    public async ValueTask<bool> CanAsync(RightsQuestion question, CancellationToken cancellationToken) =>
        await _database.Writer.RunAsync(
            transaction =>
            {
                WriteTables tables = _writeTables;
                return question.Answer(tables, _user.VerifyingKey, new RowReader(transaction.Connection, tables), _log.Rights);
            },
            cancellationToken).ConfigureAwait(false);

    // Between resolving and running, an update of the model may have come; only the writer can tell.
    private bool IsOutdated(WriteTables tables) => !ReferenceEquals(tables.Model, _log.Model);

    private MutationOutcome Mutate(MutationPlan plan, Value[] variables, MutationOptions? options, WriteTransaction transaction)
    {
        CommitBatch batch = Begin(transaction);
        Uid[] ids = MutationExecutor.Execute(plan, variables, CreateContext(plan.Source, plan.Tables, options, batch, transaction));
        ReadOnlyMemory<byte> answer = MutationAnswer.Write(plan, variables, ids);
        return new MutationOutcome(answer, batch.Complete());
    }

    private IReadOnlyList<CommitSummary> Delete(DeletionPlan plan, Value[] variables, WriteTransaction transaction)
    {
        CommitBatch batch = Begin(transaction);
        DeletionExecutor.Execute(plan, variables, CreateContext(plan.Source, plan.Tables, options: null, batch, transaction));
        return batch.Complete();
    }

    private MutationContext CreateContext(
        SourceText source, WriteTables tables, MutationOptions? options, CommitBatch batch, WriteTransaction transaction) => new(
        source, _user.VerifyingKey, new RowReader(transaction.Connection, tables), batch, _log.Rights, new WriteCondition(options?.IfMdate));
}
