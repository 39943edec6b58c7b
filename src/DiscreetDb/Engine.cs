using DiscreetDb.Mutation;
using DiscreetDb.Query;
using DiscreetDb.Query.Model;
using DiscreetDb.Query.Parameters;
using DiscreetDb.Storage;

namespace DiscreetDb;

/// <summary>
/// The local engine behind <see cref="Discreet" />: one open database with its writer, readers, full text, log and model.
/// Everything here may be called from any thread.
/// </summary>
internal sealed partial class Engine : IAsyncDisposable
{
    private Engine()
    {
    }

    /// <summary>
    /// After every durable transaction, what it changed; in the order of the transactions, on the writer's thread. A
    /// handler must be quick and must not throw.
    /// </summary>
    public event Action<ChangeSet>? Committed
    {
        add => throw new NotSupportedException();
        remove => throw new NotSupportedException();
    }

    /// <summary>The model in force; replaced as a whole by an update.</summary>
    public DataModel Model => throw new NotSupportedException();

    /// <summary>Id of the room only this user's devices are in.</summary>
    public Uid PrivateRoom => throw new NotSupportedException();

    /// <summary>Root public key of the user.</summary>
    public ReadOnlyMemory<byte> VerifyingKey => throw new NotSupportedException();

    /// <summary>Opens the database, creating it if options allow; blocks on disk.</summary>
    /// <exception cref="DiscreetException">
    /// DatabaseNotFound, WrongKey, WrongApplication, NewerFormat, DatabaseInUse, DatabaseCorrupt, ReadOnly,
    /// NativeLibraryMissing, or what is wrong with the model.
    /// </exception>
    public static Engine Open(EngineOptions options) => throw new NotSupportedException();

    /// <summary>Whether a database of this application and user exists in the folder.</summary>
    public static bool Exists(string appKey, ReadOnlySpan<byte> keyMaterial, string folder) => throw new NotSupportedException();

    /// <summary>Runs a <c>query</c> text in one snapshot, on the scheduler.</summary>
    public Task<QueryAnswer> QueryAsync(string text, IParameterSource? parameters, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Runs a <c>query</c> text in one snapshot, on the caller's thread.</summary>
    public QueryAnswer Query(string text, IParameterSource? parameters, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Runs a <c>mutate</c> text as one unit; completes when it is durable.</summary>
    public ValueTask<MutationOutcome> MutateAsync(
        string text, IParameterSource? parameters, MutationOptions? options, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Runs a <c>delete</c> text as one unit; completes when it is durable. Answers the commits it became.</summary>
    public ValueTask<IReadOnlyList<Log.CommitSummary>> DeleteAsync(
        string text, IParameterSource? parameters, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    /// <summary>Replaces the model by this complete text in one transaction; refused: an error, and nothing changed.</summary>
    public ValueTask UpdateModelAsync(string model, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Ends the writer after what it has begun, and releases the file.</summary>
    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
