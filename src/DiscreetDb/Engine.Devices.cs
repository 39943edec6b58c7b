using DiscreetDb.Log;
using DiscreetDb.Storage;

namespace DiscreetDb;

internal sealed partial class Engine
{
    /// <summary>After a log of this user was found contradicted and its commits were written again, once that is durable.</summary>
    public event Action<DeviceReplacement>? DeviceReplaced;

    /// <summary>
    /// A peer knows more of a log of one of our own devices than we do, or something else: this file is an older state, or a
    /// copy that nothing on this machine showed to be one (I9). If the device is the one we sign as, a new one is minted first;
    /// what only we have is written again under it. Completes when it is durable; until then nothing was signed in that log.
    /// </summary>
    /// <exception cref="ArgumentException">This user has no such log in a room, or it is shorter than what is said to be shared.</exception>
    public async Task<DeviceReplacement> ResolveAsync(LogConflict conflict, CancellationToken cancellationToken)
    {
        DeviceReplacement replacement = await _database.Writer
            .RunAsync(transaction => Resolve(transaction, conflict), cancellationToken)
            .ConfigureAwait(false);
        DeviceReplaced?.Invoke(replacement);
        return replacement;
    }

    /// <summary>The user's devices, oldest first.</summary>
    public async Task<IReadOnlyList<OwnDevice>> DevicesAsync(CancellationToken cancellationToken) =>
        await _database.Writer.RunAsync(_ => _log.Devices.All(), cancellationToken).ConfigureAwait(false);

    /// <summary>Gives a device of the user another name.</summary>
    public Task RenameDeviceAsync(Uid device, string name, CancellationToken cancellationToken) =>
        ChangeDeviceAsync(device, (batch, found) => _log.Devices.Rename(batch, found, name), cancellationToken);

    /// <summary>Ends a device of the user in every room.</summary>
    public Task RevokeDeviceAsync(Uid device, CancellationToken cancellationToken) =>
        ChangeDeviceAsync(device, _log.Devices.Revoke, cancellationToken);

    private async Task ChangeDeviceAsync(Uid device, Action<CommitBatch, OwnDevice> change, CancellationToken cancellationToken) =>
        await _database.Writer.RunAsync(
            transaction =>
            {
                CommitBatch batch = Begin(transaction);
                OwnDevice found = _log.Devices.All().FirstOrDefault(known => known.Device == device)
                    ?? throw new DiscreetException(ErrorCode.UnknownRow, $"The user has no device {device}; DevicesAsync lists them.");
                change(batch, found);
                return batch.Complete();
            },
            cancellationToken).ConfigureAwait(false);

    /// <summary>Begins what a caller changes; a revoked device changes nothing.</summary>
    private CommitBatch Begin(WriteTransaction transaction) => !_log.Devices.IsRevoked
        ? _log.Begin(transaction)
        : throw new DiscreetException(
            ErrorCode.DeviceRevoked, $"This device, {Device}, was revoked: nothing it writes counts. Start with a new database.");

    private DeviceReplacement Resolve(WriteTransaction transaction, LogConflict conflict)
    {
        bool isOurs = conflict.Device == _log.Author.Certificate.Device;
        if (isOurs)
        {
            _log.ReplaceDevice(transaction, _user, _random);
        }

        IReadOnlyDictionary<Uid, Uid> ids = new LogReissue(_log, transaction).Run(conflict);
        if (isOurs)
        {
            _log.IntroduceDevice(transaction, _user);
        }

        return new DeviceReplacement(_log.Author.Certificate.Device, ids);
    }
}
