using DiscreetDb.Core;

namespace DiscreetDb;

public sealed partial class Discreet
{
    /// <summary>
    /// Id of the device this database is, base64url. It changes only where a peer shows that the database is a copy
    /// (<see cref="DiscreetEvent.DeviceReplaced" />).
    /// </summary>
    public string DeviceId => _engine.Device.ToString();

    /// <summary>The user's devices, oldest first; a query of <c>sys.Device</c> shows the same rows.</summary>
    /// <param name="cancellationToken">Stops the call before it began.</param>
    /// <exception cref="DiscreetException"><see cref="ErrorCode.Cancelled" />, <see cref="ErrorCode.Closed" />.</exception>
    public async Task<IReadOnlyList<UserDevice>> DevicesAsync(CancellationToken cancellationToken = default)
    {
        string current = DeviceId;
        return [.. (await Cancellation.Translate(_engine.DevicesAsync(cancellationToken)).ConfigureAwait(false)).Select(
            device => new UserDevice(device.Device.ToString(), device.Row.ToString(), device.Name, device.Status, device.Device.ToString() == current))];
    }

    /// <summary>Gives a device of the user another name, for all of them.</summary>
    /// <param name="deviceId">A <see cref="UserDevice.Id" />.</param>
    /// <param name="name">At most <see cref="Limits.DeviceNameSizeBytes" /> bytes of UTF-8.</param>
    /// <param name="cancellationToken">Stops the call before it began.</param>
    /// <exception cref="ArgumentException">The name is empty, too long, or holds U+0000.</exception>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.InvalidId" />; <see cref="ErrorCode.UnknownRow" />: the user has no such device;
    /// <see cref="ErrorCode.DeviceRevoked" />: this one may write nothing any more.
    /// </exception>
    public async Task RenameDeviceAsync(string deviceId, string name, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        DeviceCertificate.RequireName(name, nameof(name));
        await Cancellation.Translate(_engine.RenameDeviceAsync(ToDevice(deviceId), name, cancellationToken)).ConfigureAwait(false);
    }

    /// <summary>
    /// Ends a device of the user for good, one that was lost or sold: in every room the user is in, nothing it writes from now
    /// on counts, and its own engine refuses to write as soon as it learns of it. What it wrote before stays. It does not
    /// protect against somebody who has the key material.
    /// </summary>
    /// <param name="deviceId">A <see cref="UserDevice.Id" />; also this device's own.</param>
    /// <param name="cancellationToken">Stops the call before it began.</param>
    /// <exception cref="DiscreetException">
    /// <see cref="ErrorCode.InvalidId" />; <see cref="ErrorCode.UnknownRow" />: the user has no such device;
    /// <see cref="ErrorCode.DeviceRevoked" />: this one may write nothing any more.
    /// </exception>
    public async Task RevokeDeviceAsync(string deviceId, CancellationToken cancellationToken = default) =>
        await Cancellation.Translate(_engine.RevokeDeviceAsync(ToDevice(deviceId), cancellationToken)).ConfigureAwait(false);

    /// <inheritdoc cref="DevicesAsync" />
    public IReadOnlyList<UserDevice> Devices() => Blocking.Wait(DevicesAsync());

    /// <inheritdoc cref="RenameDeviceAsync" />
    public void RenameDevice(string deviceId, string name) => Blocking.Wait(RenameDeviceAsync(deviceId, name));

    /// <inheritdoc cref="RevokeDeviceAsync" />
    public void RevokeDevice(string deviceId) => Blocking.Wait(RevokeDeviceAsync(deviceId));

    private static Uid ToDevice(string deviceId)
    {
        ArgumentNullException.ThrowIfNull(deviceId);
        return Uid.TryParse(deviceId, out Uid device)
            ? device
            : throw new DiscreetException(ErrorCode.InvalidId, $"`{deviceId}` is not the id of a device: {Uid.TextLength} characters base64url.");
    }
}
