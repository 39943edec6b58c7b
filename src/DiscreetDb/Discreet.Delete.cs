using System.Diagnostics.CodeAnalysis;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>Runs a <c>delete</c> text as one unit; completes when it is durable. Deletion is final.</summary>
    /// <param name="text">The deletion (see <c>docs/query-language.md</c>).</param>
    /// <param name="parameters">Values of its variables: the ids.</param>
    /// <param name="cancellationToken">Stops the deletion before it began; once it has, it ends.</param>
    /// <exception cref="DiscreetException">
    /// What is wrong with the text or a parameter; <see cref="ErrorCode.AuthorisationRejected" />,
    /// <see cref="ErrorCode.DeleteNotAllowed" />, <see cref="ErrorCode.Cancelled" />, <see cref="ErrorCode.Closed" />. Nothing of
    /// the document was deleted.
    /// </exception>
    public async Task DeleteAsync(string text, Parameters? parameters = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        long start = _metrics.Start();
        try
        {
            await _engine.DeleteAsync(text, parameters, cancellationToken).ConfigureAwait(false);
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

    /// <summary>Runs a <c>delete</c> text with the properties of an object as parameters: <c>new { id }</c>.</summary>
    /// <inheritdoc cref="DeleteAsync(string, Parameters, CancellationToken)" />
    public Task DeleteAsync<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        string text, T parameters, CancellationToken cancellationToken = default)
        where T : class => DeleteAsync(text, Parameters.From(parameters), cancellationToken);

    /// <summary>Runs a <c>delete</c> text and waits until it is durable.</summary>
    /// <inheritdoc cref="DeleteAsync(string, Parameters, CancellationToken)" />
    public void Delete(string text, Parameters? parameters = null) => Blocking.Wait(DeleteAsync(text, parameters));

    /// <inheritdoc cref="DeleteAsync{T}(string, T, CancellationToken)" />
    public void Delete<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(string text, T parameters)
        where T : class => Delete(text, Parameters.From(parameters));
}
