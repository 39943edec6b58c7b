using DiscreetDb.Core;

namespace DiscreetDb.Network.Tests.Handshakes;

/// <summary>A device of a numbered user, and whom it may meet.</summary>
internal sealed class TestDevice : IPeerDirectory
{
    public const string AppKey = "example.com/chat";

    public TestDevice(byte user, byte device, string networkId = "")
    {
        User = UserKeys.Derive(AppKey, KeyMaterialOf(user));
        Keys = DeviceKeys.FromSeeds([.. Enumerable.Range(0, DeviceKeys.SeedsSizeBytes).Select(i => (byte)((user * 50) + (device * 7) + i))]);
        Certificate = DeviceCertificate.Create(User, Keys, $"device {user}.{device}", Hlc.Zero);
        Options = new HandshakeOptions
        {
            Certificate = Certificate,
            AuthKey = Keys.Auth,
            Directory = this,
            Random = new SeededRandomSource(((ulong)user << 8) | device),
            NetworkId = networkId,
            Features = 0b101,
        };
    }

    public UserKeys User { get; }

    public DeviceKeys Keys { get; }

    public DeviceCertificate Certificate { get; }

    public HandshakeOptions Options { get; init; }

    public List<PeerSecret> Known { get; } = [];

    public HashSet<Uid> Revoked { get; } = [];

    IReadOnlyList<PeerSecret> IPeerDirectory.Secrets => Known;

    /// <summary>32 bytes that begin with the number of the user times 32: 00 01 02 … for user 0.</summary>
    public static byte[] KeyMaterialOf(byte user) => [.. Enumerable.Range(user * 32, KeyMaterial.SizeBytes).Select(i => (byte)i)];

    public bool Admits(DeviceCertificate certificate, PeerSecret secret) => !Revoked.Contains(certificate.Device);

    public PeerSecret SecretWith(TestDevice other) => User.VerifyingKey == other.User.VerifyingKey
        ? PeerSecret.OfOwnDevices(User)
        : PeerSecret.OfPair(User, other.User.VerifyingKey, other.User.MeetingPublicKey, AppKey)!;

    /// <summary>May meet the other from now on.</summary>
    public PeerSecret Meet(TestDevice other)
    {
        PeerSecret secret = SecretWith(other);
        Known.Add(secret);
        return secret;
    }

    /// <summary>Two devices that know each other.</summary>
    public static (TestDevice Dialler, TestDevice Listener) Friends()
    {
        var dialler = new TestDevice(0, 0);
        var listener = new TestDevice(1, 0);
        dialler.Meet(listener);
        listener.Meet(dialler);
        return (dialler, listener);
    }
}
