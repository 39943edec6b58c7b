using DiscreetDb.Core;

namespace DiscreetDb.Log;

/// <summary>A certified device as this database numbers it, and its user.</summary>
internal sealed record Author(int DeviceNo, int UserNo, VerifyingKey User, DeviceCertificate Certificate);
