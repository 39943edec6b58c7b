using DiscreetDb.TestKit;

namespace DiscreetDb.Tests;

/// <summary>A user's devices. A copied folder is the second one.</summary>
public sealed class DeviceTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _other = new();
    private Discreet _app = null!;
    private string _first = "";

    public async Task InitializeAsync()
    {
        await using (Discreet first = await TestDatabase.OnDiskAsync(_folder, options: new() { DeviceName = "laptop" }))
        {
            await first.AddBoatAsync("Aria");
            _first = first.DeviceId;
        }

        foreach (string file in Directory.EnumerateFiles(_folder.Path))
        {
            File.Copy(file, _other.File(Path.GetFileName(file)));
        }

        _app = await TestDatabase.OnDiskAsync(_other);
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    public void Dispose()
    {
        _folder.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task A_users_devices_are_listed_oldest_first_and_this_one_is_marked()
    {
        IReadOnlyList<UserDevice> devices = await _app.DevicesAsync();

        Assert.Equal([_first, _app.DeviceId], devices.Select(device => device.Id));
        Assert.Equal([false, true], devices.Select(device => device.IsThis));
        Assert.All(devices, device => Assert.Equal(("laptop", "enabled"), (device.Name, device.Status)));
        Assert.Equal(await RowIds(), devices.Select(device => device.RowId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_device_is_renamed_by_call_or_by_text()
    {
        await _app.RenameDeviceAsync(_app.DeviceId, "phone é");
        await _app.MutateAsync("mutate { sys.Device { id: $id name: \"old laptop\" } }", new { id = (await _app.DevicesAsync())[0].RowId });

        Assert.Equal(["old laptop", "phone é"], (await _app.DevicesAsync()).Select(device => device.Name));
    }

    [Fact]
    public async Task A_revoked_device_is_disabled_and_the_others_go_on()
    {
        await _app.RevokeDeviceAsync(_first);
        await _app.RevokeDeviceAsync(_first);

        Assert.Equal(["disabled", "enabled"], (await _app.DevicesAsync()).Select(device => device.Status));
        await _app.AddBoatAsync("Borea");
        Assert.Equal(["Aria", "Borea"], await _app.BoatNamesAsync());
    }

    [Fact]
    public async Task A_device_that_was_revoked_reads_but_writes_nothing_any_more()
    {
        string boat = (await _app.BoatsAsync())[0].Id;

        await _app.RevokeDeviceAsync(_app.DeviceId);

        await Failing.WithAsync(ErrorCode.DeviceRevoked, () => _app.AddBoatAsync("Borea"));
        await Failing.WithAsync(ErrorCode.DeviceRevoked, () => _app.DeleteAsync("delete { harbour.Boat { $id } }", new { id = boat }));
        await Failing.WithAsync(ErrorCode.DeviceRevoked, () => _app.RenameDeviceAsync(_first, "mine"));
        await Failing.WithAsync(ErrorCode.DeviceRevoked, () => _app.RevokeDeviceAsync(_first));
        Assert.Equal(["Aria"], await _app.BoatNamesAsync());
        await _app.DisposeAsync();
        await using Discreet again = await TestDatabase.OnDiskAsync(_other);
        await Failing.WithAsync(ErrorCode.DeviceRevoked, () => again.AddBoatAsync("Borea"));
        Assert.True((await again.VerifyAsync()).IsSound);
    }

    [Fact]
    public async Task Disabling_the_row_of_this_device_by_text_is_the_same()
    {
        string row = (await _app.DevicesAsync()).Single(device => device.IsThis).RowId;

        await _app.MutateAsync("mutate { sys.Device { id: $row status: \"disabled\" } }", new { row });

        await Failing.WithAsync(ErrorCode.DeviceRevoked, () => _app.AddBoatAsync("Borea"));
    }

    [Fact]
    public async Task Devices_that_are_not_there_and_names_nobody_could_carry_are_refused()
    {
        await Failing.WithAsync(ErrorCode.UnknownRow, () => _app.RevokeDeviceAsync(_app.PrivateRoom));
        await Failing.WithAsync(ErrorCode.UnknownRow, () => _app.RenameDeviceAsync(_app.PrivateRoom, "x"));
        await Failing.WithAsync(ErrorCode.InvalidId, () => _app.RevokeDeviceAsync("me"));
        await Assert.ThrowsAsync<ArgumentException>(() => _app.RenameDeviceAsync(_first, " "));
        await Assert.ThrowsAsync<ArgumentException>(() => _app.RenameDeviceAsync(_first, new string('x', 65)));
    }

    [Fact]
    public void The_blocking_twins_do_the_same()
    {
        _app.RenameDevice(_first, "old");
        _app.RevokeDevice(_first);

        Assert.Equal(("old", "disabled"), (_app.Devices()[0].Name, _app.Devices()[0].Status));
    }

    private async Task<IEnumerable<string>> RowIds() =>
        (await _app.QueryAsync("query { d: sys.Device { id } }")).Take<Row>("d").Select(row => row.Id).Order(StringComparer.Ordinal);

    private sealed record Row(string Id);
}
