namespace DiscreetDb;

/// <summary>An open database.</summary>
public sealed partial class Discreet : IAsyncDisposable, IDisposable
{
    /// <summary>Opens the database of this application and user, creating it if it is missing.</summary>
    /// <param name="model">The complete data model text.</param>
    /// <param name="appKey">A text that names the application worldwide, such as <c>example.com/chat</c>.</param>
    /// <param name="keyMaterial">32 bytes of <see cref="KeyMaterial" />.</param>
    /// <param name="path">Folder; default: the user's local application data, then the application's key.</param>
    /// <param name="options">Everything that has a default.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public static Task<Discreet> New(
        string model, string appKey, byte[] keyMaterial, string? path = null, DiscreetOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    /// <summary>Whether a database of this application and user exists in the folder.</summary>
    public static bool DatabaseExists(string appKey, byte[] keyMaterial, string? path = null) => throw new NotSupportedException();

    /// <summary>Id of the room only this user's devices are in, as text.</summary>
    public string PrivateRoom => throw new NotSupportedException();

    /// <summary>This user's public key, base64url.</summary>
    public string VerifyingKey => throw new NotSupportedException();

    /// <summary>The model in force as JSON.</summary>
    public string DataModel() => throw new NotSupportedException();

    /// <summary>Replaces the model by this complete text; refused: an error, and nothing changed.</summary>
    public Task UpdateDataModelAsync(string model, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Runs a <c>query</c> text.</summary>
    public Task<QueryResult> QueryAsync(string text, Parameters? parameters = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Runs a <c>mutate</c> text; completes when it is durable.</summary>
    public Task<MutationResult> MutateAsync(string text, Parameters? parameters = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Runs a <c>delete</c> text; completes when it is durable.</summary>
    public Task DeleteAsync(string text, Parameters? parameters = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <inheritdoc cref="QueryAsync" />
    public QueryResult Query(string text, Parameters? parameters = null) => throw new NotSupportedException();

    /// <inheritdoc cref="MutateAsync" />
    public MutationResult Mutate(string text, Parameters? parameters = null) => throw new NotSupportedException();

    /// <inheritdoc cref="DeleteAsync" />
    public void Delete(string text, Parameters? parameters = null) => throw new NotSupportedException();

    /// <summary>Every event from now on.</summary>
    public IAsyncEnumerable<DiscreetEvent> Events(CancellationToken cancellationToken = default) => throw new NotSupportedException();

    /// <summary>Mutations sent and answered in order, many in flight.</summary>
    public MutationStream MutationStream() => throw new NotSupportedException();

    /// <summary>Closes the database: running work ends, the file is released.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();

    /// <inheritdoc cref="DisposeAsync" />
    public void Dispose() => throw new NotSupportedException();
}
