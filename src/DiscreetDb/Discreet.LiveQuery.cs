using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using DiscreetDb.Events;
using DiscreetDb.Query;
using DiscreetDb.Results;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>
    /// The answer of a <c>query</c> text now, and again whenever it has become another. It is read again after changes of
    /// the entities it reads, and after an update of the model; changes that come faster than the answers are taken are
    /// answered once. Ends when the database is closed.
    /// </summary>
    /// <param name="text">The query.</param>
    /// <param name="parameters">Values of its variables; not to be changed while it lives.</param>
    /// <param name="cancellationToken">Ends the sequence with <see cref="ErrorCode.Cancelled" />.</param>
    /// <exception cref="DiscreetException">What <see cref="QueryAsync(string, Parameters, CancellationToken)" /> throws; it ends the sequence.</exception>
    public IAsyncEnumerable<QueryResult> LiveQuery(string text, Parameters? parameters = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return ReadLive(text, parameters, cancellationToken);
    }

    /// <summary>The rows of a <c>query</c> text with one root, now and again whenever they have changed.</summary>
    /// <param name="text">A query with exactly one root.</param>
    /// <param name="typeInfo">How a row is read.</param>
    /// <param name="parameters">Values of its variables; not to be changed while it lives.</param>
    /// <param name="cancellationToken">Ends the sequence with <see cref="ErrorCode.Cancelled" />.</param>
    /// <exception cref="DiscreetException">
    /// As without a type, and <see cref="ErrorCode.ResultKeyNotFound" /> for a query with several roots,
    /// <see cref="ErrorCode.InvalidResult" /> where a row is no <typeparamref name="T" />.
    /// </exception>
    public async IAsyncEnumerable<IReadOnlyList<T>> LiveQuery<T>(
        string text, JsonTypeInfo<T> typeInfo, Parameters? parameters = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (QueryResult result in LiveQuery(text, parameters, cancellationToken).ConfigureAwait(false))
        {
            yield return result.Take(OnlyKey(result), typeInfo);
        }
    }

    /// <summary>The rows of a <c>query</c> text with one root, now and again whenever they have changed; the context knows their type.</summary>
    /// <inheritdoc cref="LiveQuery{T}(string, JsonTypeInfo{T}, Parameters, CancellationToken)" />
    public IAsyncEnumerable<IReadOnlyList<T>> LiveQuery<T>(
        string text, JsonSerializerContext context, Parameters? parameters = null, CancellationToken cancellationToken = default) =>
        LiveQuery(text, JsonValues.TypeInfo<T>(context), parameters, cancellationToken);

    /// <summary>The rows of a <c>query</c> text with one root, now and again whenever they have changed; read by reflection.</summary>
    /// <inheritdoc cref="LiveQuery{T}(string, JsonTypeInfo{T}, Parameters, CancellationToken)" />
    [RequiresUnreferencedCode(JsonValues.NeedsReflection)]
    [RequiresDynamicCode(JsonValues.NeedsReflection)]
    public IAsyncEnumerable<IReadOnlyList<T>> LiveQuery<T>(string text, Parameters? parameters = null, CancellationToken cancellationToken = default) =>
        LiveQuery(text, JsonValues.TypeInfo<T>(), parameters, cancellationToken);

    private async IAsyncEnumerable<QueryResult> ReadLive(
        string text, Parameters? parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LiveQuerySubscription subscription = new();
        _events.Add(subscription);
        try
        {
            ReadOnlyMemory<byte>? previous = null;
            do
            {
                QueryAnswer answer = await RunQueryAsync(text, parameters, cancellationToken).ConfigureAwait(false);
                subscription.Watch(answer.Dependencies);
                if (previous is null || !previous.Value.Span.SequenceEqual(answer.Utf8.Span))
                {
                    previous = answer.Utf8;
                    yield return new QueryResult(answer.Utf8);
                }
            }
            while (await Cancellation.Translate(subscription.WaitAsync(cancellationToken)).ConfigureAwait(false));
        }
        finally
        {
            _events.Remove(subscription);
        }
    }

    private static string OnlyKey(QueryResult result) => result.Keys.Count == 1
        ? result.Keys.First()
        : throw new DiscreetException(
            ErrorCode.ResultKeyNotFound,
            $"A typed live query has one root, this one has {result.Keys.Count}: {string.Join(", ", result.Keys)}. Use LiveQuery without a type.");
}
