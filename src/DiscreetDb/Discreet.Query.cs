using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Query;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>Runs a <c>query</c> text: all its roots read one snapshot.</summary>
    /// <param name="text">The query (see <c>docs/query-language.md</c>).</param>
    /// <param name="parameters">Values of its variables.</param>
    /// <param name="cancellationToken">Stops the query between two rows.</param>
    /// <exception cref="DiscreetException">
    /// With a line and column what is wrong in the text; what is wrong with a parameter; <see cref="ErrorCode.AnswerTooLarge" />,
    /// <see cref="ErrorCode.Cancelled" />, <see cref="ErrorCode.Closed" />, <see cref="ErrorCode.DatabaseCorrupt" />.
    /// </exception>
    public async Task<QueryResult> QueryAsync(string text, Parameters? parameters = null, CancellationToken cancellationToken = default) =>
        new((await RunQueryAsync(text, parameters, cancellationToken).ConfigureAwait(false)).Utf8);

    /// <summary>Runs a <c>query</c> text with the properties of an object as parameters: <c>new { room = app.PrivateRoom }</c>.</summary>
    /// <inheritdoc cref="QueryAsync(string, Parameters, CancellationToken)" />
    public Task<QueryResult> QueryAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string text, T parameters, CancellationToken cancellationToken = default)
        where T : class => QueryAsync(text, Parameters.From(parameters), cancellationToken);

    /// <summary>
    /// Runs a <c>query</c> text and writes its answer, UTF-8 JSON, where the caller wants it: into the body of a response,
    /// without an object or an array in between. Written once the answer is whole; a failure writes nothing.
    /// </summary>
    /// <param name="output">Takes the answer; not to be used until the task has ended.</param>
    /// <param name="text">The query (see <c>docs/query-language.md</c>).</param>
    /// <param name="parameters">Values of its variables.</param>
    /// <param name="cancellationToken">Stops the query between two rows.</param>
    /// <exception cref="DiscreetException">As <see cref="QueryAsync(string, Parameters, CancellationToken)" />.</exception>
    public async Task QueryAsync(
        IBufferWriter<byte> output, string text, Parameters? parameters = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(text);
        long start = _metrics.Start();
        try
        {
            await _engine.QueryAsync(output, text, parameters, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw Cancellation.Error(cancelled);
        }
        finally
        {
            _metrics.QueryEnded(start);
        }
    }

    /// <summary>Runs a <c>query</c> text on the caller's thread and writes its answer where the caller wants it.</summary>
    /// <inheritdoc cref="QueryAsync(IBufferWriter{byte}, string, Parameters, CancellationToken)" />
    public void Query(IBufferWriter<byte> output, string text, Parameters? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(text);
        long start = _metrics.Start();
        try
        {
            _engine.Query(output, text, parameters, CancellationToken.None);
        }
        finally
        {
            _metrics.QueryEnded(start);
        }
    }

    /// <summary>Runs a <c>query</c> text on the caller's thread.</summary>
    /// <inheritdoc cref="QueryAsync(string, Parameters, CancellationToken)" />
    public QueryResult Query(string text, Parameters? parameters = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        long start = _metrics.Start();
        try
        {
            return new QueryResult(_engine.Query(text, parameters, CancellationToken.None).Utf8);
        }
        finally
        {
            _metrics.QueryEnded(start);
        }
    }

    /// <inheritdoc cref="QueryAsync{T}(string, T, CancellationToken)" />
    public QueryResult Query<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(string text, T parameters)
        where T : class => Query(text, Parameters.From(parameters));

    private async Task<QueryAnswer> RunQueryAsync(string text, Parameters? parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(text);
        long start = _metrics.Start();
        try
        {
            return await _engine.QueryAsync(text, parameters, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException cancelled)
        {
            throw Cancellation.Error(cancelled);
        }
        finally
        {
            _metrics.QueryEnded(start);
        }
    }
}
