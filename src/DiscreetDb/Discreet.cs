using System.Diagnostics.CodeAnalysis;
using DiscreetDb.Core;
using DiscreetDb.Events;
using DiscreetDb.Telemetry;
using Microsoft.Extensions.Logging;

namespace DiscreetDb;

/// <summary>
/// An open database: encrypted, on this machine, queried in texts. Everything here may be called from any thread, many
/// calls at once.
/// </summary>
/// <example>
/// <code>
/// byte[] keyMaterial = KeyMaterial.DerivePassPhrase("my login", "my password");
/// await using Discreet app = await Discreet.New("chat { Message { content: String } }", "example.com/chat", keyMaterial);
/// await app.MutateAsync("mutate { chat.Message { content: $text } }", new() { ["text"] = "hello" });
/// QueryResult result = await app.QueryAsync("query { res: chat.Message { id content } }");
/// </code>
/// </example>
public sealed partial class Discreet : IAsyncDisposable, IDisposable
{
    private readonly Engine _engine;
    private readonly EventHub _events = new();
    private readonly EngineMetrics _metrics;
    private readonly ILogger _logger;
    private int _isClosed;

    private Discreet(Engine engine, DiscreetOptions options)
    {
        _engine = engine;
        _logger = options.Logger;
        _metrics = new EngineMetrics(options.TimeProvider);
        _engine.Committed += OnCommitted;
        _engine.DeviceReplaced += OnDeviceReplaced;
    }

    /// <summary>Id of the room only this user's devices are in; rows that carry it follow the user.</summary>
    public string PrivateRoom => _engine.PrivateRoom.ToString();

    /// <summary>This user's public key, base64url: who they are for everybody else.</summary>
    public string VerifyingKey => _engine.VerifyingKey.ToString();

    /// <summary>Opens the database of this application and user, creating it if it is missing.</summary>
    /// <param name="model">The complete data model text; it replaces the stored one if it may (see <see cref="UpdateDataModelAsync" />).</param>
    /// <param name="appKey">A text that names the application worldwide, such as <c>example.com/chat</c>.</param>
    /// <param name="keyMaterial">The 32 bytes of <see cref="KeyMaterial" />; copied.</param>
    /// <param name="path">Folder; default: the user's local application data, then the application's key.</param>
    /// <param name="options">Everything that has a default.</param>
    /// <param name="cancellationToken">Stops the opening before it began.</param>
    /// <exception cref="ArgumentException">The application key is empty, the key material is not 32 bytes, or an option is impossible.</exception>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.DatabaseNotFound" />, <see cref="ErrorCode.WrongKey" />, <see cref="ErrorCode.WrongApplication" />,
    /// <see cref="ErrorCode.NewerFormat" />, <see cref="ErrorCode.DatabaseInUse" />, <see cref="ErrorCode.DatabaseCorrupt" />,
    /// <see cref="ErrorCode.ReadOnly" />, <see cref="ErrorCode.DiskFull" />, <see cref="ErrorCode.NativeLibraryMissing" />, or
    /// what is wrong with the model.
    /// </exception>
    [SuppressMessage("Reliability", "CA2000", Justification = "The database owns its engine and disposes it.")]
    public static async Task<Discreet> New(
        string model, string appKey, byte[] keyMaterial, string? path = null, DiscreetOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        DatabaseLocation location = DatabaseLocation.Of(appKey, keyMaterial, path);
        DiscreetOptions checkedOptions = (options ?? new DiscreetOptions()).Validate();
        Cancellation.ThrowIfRequested(cancellationToken);
        NativeLibraries.Folder = checkedOptions.NativeLibraryFolder ?? NativeLibraries.Folder;
        NativeLibraries.Ensure();

        ThreadScheduler scheduler = new(checkedOptions.Logger.LoopFailed);
        EngineOptions engineOptions = location.ToEngineOptions(model, scheduler, checkedOptions);
        Discreet opened = new(await Engine.OpenAsync(engineOptions).ConfigureAwait(false), checkedOptions);
        checkedOptions.Logger.Opened(appKey, engineOptions.Folder, opened._engine.Model.Version);
        return opened;
    }

    /// <summary>Opens the database and waits for it.</summary>
    /// <inheritdoc cref="New" />
    [SuppressMessage("Reliability", "CA2000", Justification = "The caller owns the database.")]
    public static Discreet Open(string model, string appKey, byte[] keyMaterial, string? path = null, DiscreetOptions? options = null) =>
        Blocking.Wait(New(model, appKey, keyMaterial, path, options));

    /// <summary>Whether a database of this application and user exists in the folder; what a login page asks before creating one.</summary>
    /// <exception cref="ArgumentException">The application key is empty or the key material is not 32 bytes.</exception>
    public static bool DatabaseExists(string appKey, byte[] keyMaterial, string? path = null)
    {
        DatabaseLocation location = DatabaseLocation.Of(appKey, keyMaterial, path);
        return Engine.Exists(location.AppKey, location.KeyMaterial, location.Folder);
    }

    /// <summary>
    /// Closes the database: what has begun ends, what waits is refused with <see cref="ErrorCode.Closed" />, events and
    /// live queries end, the file is released. A second call does nothing.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) != 0)
        {
            return;
        }

        await _engine.DisposeAsync().ConfigureAwait(false);
        _engine.Committed -= OnCommitted;
        _engine.DeviceReplaced -= OnDeviceReplaced;
        _events.Close();
        _logger.Closed();
    }

    /// <inheritdoc cref="DisposeAsync" />
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private void OnCommitted(Storage.ChangeSet changes)
    {
        _metrics.Committed(changes);
        _events.Publish(changes);
    }

    private void OnDeviceReplaced(Log.DeviceReplacement replacement)
    {
        _logger.DeviceReplaced(replacement.Device, replacement.Ids.Count);
        _events.Publish(new DiscreetEvent.DeviceReplaced(
            replacement.Device.ToString(), replacement.Ids.ToDictionary(ids => ids.Key.ToString(), ids => ids.Value.ToString())));
    }
}
