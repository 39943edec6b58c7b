using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Log;
using DiscreetDb.Mutation;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>Runs a <c>mutate</c> text as one unit; completes when it is durable.</summary>
    /// <param name="text">The mutation (see <c>docs/query-language.md</c>).</param>
    /// <param name="parameters">Values of its variables.</param>
    /// <param name="cancellationToken">Stops the mutation before it began; once it has, it ends.</param>
    /// <exception cref="DiscreetException">
    /// What is wrong with the text, a parameter or a value; <see cref="ErrorCode.UnknownRow" />,
    /// <see cref="ErrorCode.AuthorisationRejected" />, <see cref="ErrorCode.DiskFull" />, <see cref="ErrorCode.Cancelled" />,
    /// <see cref="ErrorCode.Closed" />. Nothing of the document was written.
    /// </exception>
    public Task<MutationResult> MutateAsync(string text, Parameters? parameters = null, CancellationToken cancellationToken = default) =>
        RunMutation(text, parameters, null, cancellationToken);

    /// <summary>Runs a <c>mutate</c> text with the properties of an object as parameters: <c>new { text = "hello" }</c>.</summary>
    /// <inheritdoc cref="MutateAsync(string, Parameters, CancellationToken)" />
    public Task<MutationResult> MutateAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string text, T parameters, CancellationToken cancellationToken = default)
        where T : class => MutateAsync(text, Parameters.From(parameters), cancellationToken);

    /// <summary>Runs a <c>mutate</c> text only if these rows are still as the caller read them, so that nobody's change is overwritten.</summary>
    /// <param name="text">The mutation.</param>
    /// <param name="parameters">Values of its variables.</param>
    /// <param name="rows">Rows, each with the <c>mdate</c> it had; the text need not name them.</param>
    /// <param name="cancellationToken">Stops the mutation before it began.</param>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.RowChanged" />: a row was changed or deleted since, read it again;
    /// <see cref="ErrorCode.InvalidId" />; or what every mutation throws.
    /// </exception>
    /// <exception cref="ArgumentException">A row is named twice.</exception>
    /// <example>
    /// <code>
    /// await app.MutateIfUnchangedAsync("mutate { todo.Task { id: $id done: true } }", new() { ["id"] = task.Id }, [new(task.Id, task.Mdate)]);
    /// </code>
    /// </example>
    public Task<MutationResult> MutateIfUnchangedAsync(
        string text, Parameters? parameters, IReadOnlyCollection<RowVersion> rows, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Dictionary<Uid, long> versions = [];
        foreach (RowVersion row in rows)
        {
            if (!Uid.TryParse(row.Id, out Uid id))
            {
                throw new DiscreetException(ErrorCode.InvalidId, $"`{row.Id}` is not a row id: {Uid.TextLength} characters base64url.");
            }

            if (!versions.TryAdd(id, row.Mdate))
            {
                throw new ArgumentException($"The row {id} is named twice.", nameof(rows));
            }
        }

        return RunMutation(text, parameters, new MutationOptions { IfMdate = versions }, cancellationToken);
    }

    /// <summary>Runs a <c>mutate</c> text and waits until it is durable.</summary>
    /// <inheritdoc cref="MutateAsync(string, Parameters, CancellationToken)" />
    public MutationResult Mutate(string text, Parameters? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        long start = _metrics.Start();
        try
        {
            return ToResult(_engine.Mutate(text, parameters, options: null));
        }
        finally
        {
            _metrics.MutationEnded(start);
        }
    }

    /// <inheritdoc cref="MutateAsync{T}(string, T, CancellationToken)" />
    public MutationResult Mutate<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(string text, T parameters)
        where T : class => Mutate(text, Parameters.From(parameters));

    /// <inheritdoc cref="MutateIfUnchangedAsync" />
    public MutationResult MutateIfUnchanged(string text, Parameters? parameters, IReadOnlyCollection<RowVersion> rows) =>
        Blocking.Wait(MutateIfUnchangedAsync(text, parameters, rows));

    /// <summary>Mutations sent and answered in order, many in flight: the fast way to write much.</summary>
    public MutationStream MutationStream() => new(MutateAsync);

    private async Task<MutationResult> RunMutation(
        string text, Parameters? parameters, MutationOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        long start = _metrics.Start();
        try
        {
            return ToResult(await _engine.MutateAsync(text, parameters, options, cancellationToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException cancelled)
        {
            throw Cancellation.Error(cancelled);
        }
        finally
        {
            _metrics.MutationEnded(start);
        }
    }

    private static MutationResult ToResult(MutationOutcome outcome) => new(outcome.Utf8, ToReceipts(outcome.Commits));

    private static CommitReceipt[] ToReceipts(IReadOnlyList<CommitSummary> commits)
    {
        CommitReceipt[] receipts = new CommitReceipt[commits.Count];
        for (int i = 0; i < receipts.Length; i++)
        {
            CommitSummary commit = commits[i];
            receipts[i] = new CommitReceipt(commit.Room.IsZero ? null : commit.Room.ToString(), commit.Sequence, commit.OperationCount);
        }

        return receipts;
    }
}
