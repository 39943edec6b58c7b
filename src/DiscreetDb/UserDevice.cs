namespace DiscreetDb;

/// <summary>A device of the user: a database of this application that was opened with the same key material, here or elsewhere.</summary>
/// <param name="Id">Names the device for everybody, base64url.</param>
/// <param name="RowId">Its row of <c>sys.Device</c>.</param>
/// <param name="Name">What the user calls it.</param>
/// <param name="Status"><c>enabled</c>, <c>pending</c>, or <c>disabled</c> once it was revoked.</param>
/// <param name="IsThis">Whether it is the one this program runs on.</param>
public sealed record UserDevice(string Id, string RowId, string Name, string Status, bool IsThis);
